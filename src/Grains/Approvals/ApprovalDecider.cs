using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Approvals;

/// <summary>What an approval answers to people, to its run and to time. Pure.</summary>
internal static class ApprovalDecider
{
    public static Decision<ApprovalEvent> Request(Approval approval, RequestApproval command, ApprovalOptions options, DateTimeOffset now)
    {
        if (Table.Decide(approval.Status, ApprovalTrigger.Request, default).IsRefused(out var refusal))
            return refusal;
        if (command.RequestedBy is not { Length: >= 1 and <= 100 })
            return new Refusal(RefusalKind.Invalid, "invalid_requester", "A requester is named in 1 to 100 characters.", Field: "requested_by");

        var lifetime = options.LifetimeOf(command.Plan);
        var (escalatesAt, expiresAt) = (now + (lifetime * 2 / 3), now + lifetime);
        return Decision<ApprovalEvent>
            .Of(new ApprovalRequested(
                command.Plan, command.Description, command.RequestedBy, VotingRules.RequiredVotes(command.Plan), command.HitCount, escalatesAt, expiresAt))
            .WakeAt(ApprovalWakes.Escalate, escalatesAt)
            .WakeAt(ApprovalWakes.Expire, expiresAt);
    }

    public static Decision<ApprovalEvent> Vote(Approval approval, CastVote command, DateTimeOffset now)
    {
        if (command.Choice is not (VoteChoice.Approve or VoteChoice.Reject))
            return new Refusal(RefusalKind.Invalid, "invalid_choice", "A vote is approve or reject.", Field: "choice");
        if (command.UserId is not { Length: >= 1 and <= 100 })
            return new Refusal(RefusalKind.Invalid, "invalid_user_id", "A voter is named in 1 to 100 characters.", Field: "user_id");
        if (FreeText.RefuseTooLong("$.comment", command.Comment) is { } tooLong)
            return tooLong;

        var vote = new Vote(command.UserId, command.Choice, command.Method, command.Comment, now, command.IssuedBy);
        var trigger = command.Choice == VoteChoice.Approve ? ApprovalTrigger.Approve : ApprovalTrigger.Reject;
        var approvals = approval.Votes.Count(cast => cast.Choice == VoteChoice.Approve) + 1;
        var verdict = Table.Decide(approval.Status, trigger, new ApprovalFacts { EnoughVotes = approvals >= approval.RequiredVotes });

        // The wake-up may be late: an approval whose time is over is expired for every voter, whether or not that is written yet.
        if (approval.Status is ApprovalStatus.Expired or ApprovalStatus.Pending && VotingRules.Broken(approval, command, now) is { } broken)
            return broken;
        if (verdict.IsRefused(out var refusal))
            return refusal;

        var plan = approval.Plan!;
        Decision<ApprovalEvent> voted = new ApprovalVoted(vote);
        return verdict.Target switch
        {
            ApprovalStatus.Pending => voted,
            ApprovalStatus.Approved => Settled(voted.And(
                new ApprovalGranted(plan.ActionPattern, command.UserId, plan.RunId, approval.RequestedAt, command.Method))),
            ApprovalStatus.Rejected => Settled(voted.And(new ApprovalRejected(plan.ActionPattern, command.UserId, command.Comment, plan.RunId))),
            _ => throw new InvalidOperationException($"A vote does not lead to {verdict.Target}."),
        };
    }

    public static Decision<ApprovalEvent> Cancel(Approval approval, CancelApproval command, string by)
    {
        if (Table.Decide(approval.Status, ApprovalTrigger.Cancel, default).IsRefused(out var refusal))
            return refusal;
        if (FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid)
            return invalid;

        return Left(approval, new ApprovalCancelled(command.Reason, by, approval.Plan!.RunId));
    }

    public static Decision<ApprovalEvent> Supersede(Approval approval, SupersedeApproval command) =>
        Table.Decide(approval.Status, ApprovalTrigger.Supersede, default).IsRefused(out var refusal)
            ? refusal
            : Left(approval, new ApprovalSuperseded(command.Reason, approval.Plan!.RunId));

    public static Decision<ApprovalEvent> BeginExecution(Approval approval, BeginExecution command)
    {
        var facts = new ApprovalFacts { ForThisPlan = IsFor(approval, command.RunId) && string.Equals(approval.Plan?.PlanSha256, command.PlanSha256, StringComparison.Ordinal) };
        if (Table.Decide(approval.Status, ApprovalTrigger.BeginExecution, facts).IsRefused(out var refusal))
            return refusal;

        return approval.Status == ApprovalStatus.Executing ? Decision<ApprovalEvent>.Nothing : new ApprovalExecutionBegun(command.RunId);
    }

    public static Decision<ApprovalEvent> FinishExecution(Approval approval, FinishExecution command)
    {
        var verdict = Table.Decide(approval.Status, ApprovalTrigger.FinishExecution, new ApprovalFacts { Succeeded = command.Success });
        if (verdict.IsRefused(out var refusal))
            return refusal;
        if (!IsFor(approval, command.RunId))
            return new Refusal(RefusalKind.Conflict, "plan_mismatch", "What was approved is another plan or another run.");

        return verdict.Target == ApprovalStatus.Executed
            ? new ApprovalExecuted(command.RunId)
            : new ApprovalExecutionFailed(command.RunId, command.ErrorCode ?? "unknown");
    }

    public static Decision<ApprovalEvent> Escalate(Approval approval, DateTimeOffset now)
    {
        if (now >= approval.ExpiresAt)
            return Expire(approval, now);

        return approval.Escalated || Table.Decide(approval.Status, ApprovalTrigger.Escalate, default).Refusal is not null
            ? Decision<ApprovalEvent>.Nothing
            : Decision<ApprovalEvent>.Of(new ApprovalEscalated(approval.Plan!.IncidentId)).ClearWake(ApprovalWakes.Escalate);
    }

    public static Decision<ApprovalEvent> Expire(Approval approval, DateTimeOffset now) =>
        now < approval.ExpiresAt || Table.Decide(approval.Status, ApprovalTrigger.Expire, default).Refusal is not null
            ? Decision<ApprovalEvent>.Nothing
            : Settled(new ApprovalExpired(approval.Plan!.RunId));

    private static TransitionTable<ApprovalStatus, ApprovalTrigger, ApprovalFacts> Table => ApprovalTransitions.Table;

    private static bool IsFor(Approval approval, Guid runId) => approval.Plan?.RunId == runId;

    /// <summary>Only a pending approval waits for time.</summary>
    private static Decision<ApprovalEvent> Left(Approval approval, Decision<ApprovalEvent> decision) =>
        approval.Status == ApprovalStatus.Pending ? Settled(decision) : decision;

    private static Decision<ApprovalEvent> Settled(Decision<ApprovalEvent> decision) =>
        decision.ClearWake(ApprovalWakes.Escalate).ClearWake(ApprovalWakes.Expire);
}
