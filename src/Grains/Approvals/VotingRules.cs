using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Playbooks;

namespace AwoooP.Approvals;

/// <summary>
/// Who may vote, and how many must. The requester's own approval is refused where one vote is enough, since it would be the only one;
/// where two are needed it counts as one of them, because the other is then another person's. That it is another's is looked at by keys, too: who has
/// the key from the requester or another voter, or from the same issuer, is no second person. Anybody may always reject.
/// </summary>
public static class VotingRules
{
    private static readonly Guard<VoteFacts>[] InOrder =
    [
        new("is_in_time", facts => !facts.IsExpired, "approval_expired", "The approval has expired.", RefusalKind.Conflict),
        new("may_approve", facts => facts.MayApprove, "not_an_approver", "Voting needs the role of an approver in this project.", RefusalKind.Forbidden),
        new("has_not_voted", facts => !facts.HasVoted, "already_voted", "This person has voted already; one person counts once.", RefusalKind.Conflict),
        new(
            "is_another_than_the_requester",
            facts => !facts.IsSoleApproverAndRequester,
            "requester_cannot_approve_alone",
            "Who requested an action may not be its only approver.",
            RefusalKind.Forbidden),
        new(
            "is_independent",
            facts => facts.IsIndependent,
            "voter_not_independent",
            "Where two must approve, they must be people who do not have their keys from each other, from the requester, or from the same issuer.",
            RefusalKind.Forbidden),
    ];

    /// <summary>The first rule that the vote breaks, or null.</summary>
    public static Refusal? Broken(Approval approval, CastVote vote, DateTimeOffset now)
    {
        var facts = new VoteFacts(
            approval.Status == ApprovalStatus.Expired || (approval.Status == ApprovalStatus.Pending && now >= approval.ExpiresAt),
            vote.MayApprove,
            approval.Votes.Any(cast => string.Equals(cast.UserId, vote.UserId, StringComparison.Ordinal)),
            vote.Choice == VoteChoice.Approve
                && approval.RequiredVotes <= 1
                && string.Equals(vote.UserId, approval.RequestedBy, StringComparison.Ordinal),
            vote.Choice != VoteChoice.Approve || approval.RequiredVotes <= 1 || IsIndependent(approval, new Signatory(vote.UserId, vote.IssuedBy)));

        return Array.Find(InOrder, rule => !rule.Holds(facts))?.Refusal;
    }

    /// <summary>Two where the level or the risk is critical, one otherwise: also for the level <c>auto</c>, as long as nothing executes without approval.</summary>
    public static int RequiredVotes(RepairPlan plan) => IsCritical(plan) ? 2 : 1;

    /// <summary>Trust never lowers a critical risk, so the risk before trust counts as well.</summary>
    public static bool IsCritical(RepairPlan plan) =>
        plan.ApprovalLevel == ApprovalLevel.Critical || plan.Risk == RiskLevel.Critical || plan.EffectiveRisk == RiskLevel.Critical;

    private static bool IsIndependent(Approval approval, Signatory voter) =>
        !voter.HasItsKeyFrom(approval.RequestedBy)
        && approval.Votes.Where(static cast => cast.Choice == VoteChoice.Approve).All(cast => voter.IsIndependentOf(new Signatory(cast.UserId, cast.IssuedBy)));

    private readonly record struct VoteFacts(bool IsExpired, bool MayApprove, bool HasVoted, bool IsSoleApproverAndRequester, bool IsIndependent);
}
