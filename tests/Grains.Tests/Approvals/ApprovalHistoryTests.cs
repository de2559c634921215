using AwoooP.Approvals;
using AwoooP.Grains.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using ApprovalMove = AwoooP.Grains.Tests.Harness.Move<AwoooP.Approvals.Approval, AwoooP.Approvals.ApprovalEvent>;

namespace AwoooP.Grains.Tests.Approvals;

/// <summary>Random histories of votes, time and runs.</summary>
public sealed class ApprovalHistoryTests
{
    private const string Requester = "rob";

    [Fact]
    public void GivenAnyHistory_WhenPlayed_ThenTheInvariantsHold()
    {
        var visited = new HashSet<ApprovalStatus>();
        Histories.Hold(Request, Moves, history =>
        {
            visited.Add(history.State.Status);
            Check(history);
        });

        visited.ShouldBe(Enum.GetValues<ApprovalStatus>(), ignoreOrder: true);
    }

    private static void Check(History<Approval, ApprovalEvent> history)
    {
        var approval = history.State;
        if (history.Before.IsEnded)
            history.Decision.Events.ShouldBeEmpty();

        approval.Votes.Select(vote => vote.UserId).ShouldBeUnique();
        approval.Votes.All(vote => vote.VotedAt < approval.ExpiresAt).ShouldBeTrue();
        approval.Votes.Count(vote => vote.Choice is VoteChoice.Reject).ShouldBe(approval.Status is ApprovalStatus.Rejected ? 1 : 0);
        if (history.Events.Any(raised => raised is ApprovalGranted))
            ShouldBeGrantedByEnough(approval);

        history.Wakes.Contains(ApprovalWakes.Expire).ShouldBe(approval.Status is ApprovalStatus.Pending);
        history.Wakes.Contains(ApprovalWakes.Escalate).ShouldBe(approval.Status is ApprovalStatus.Pending && !approval.Escalated);
        history.Events.Count(raised => raised is ApprovalExecutionBegun).ShouldBeLessThanOrEqualTo(1);
    }

    private static void ShouldBeGrantedByEnough(Approval approval)
    {
        string[] approvers = [.. approval.Votes.Where(vote => vote.Choice is VoteChoice.Approve).Select(vote => vote.UserId)];
        approvers.Length.ShouldBe(approval.RequiredVotes);
        approvers.Any(approver => approver != Requester).ShouldBeTrue();
    }

    private static Gen<ApprovalMove> Request =>
        (from level in Gen.Elements(ApprovalLevel.Auto, ApprovalLevel.Standard, ApprovalLevel.Critical)
         from risk in Gen.Frequency((3, Gen.Constant(RiskLevel.Medium)), (1, Gen.Constant(RiskLevel.Critical)))
         from requester in Gen.Frequency((9, Gen.Constant(Requester)), (1, Gen.Constant("")))
         select new RequestApproval(Plans.Of(Plans.Command("one")) with { ApprovalLevel = level, Risk = risk }, "Restart", requester, 1))
        .Move<Approval, ApprovalEvent, RequestApproval>((approval, command, now) => ApprovalDecider.Request(approval, command, new ApprovalOptions(), now));

    private static Gen<CastVote> Vote =>
        from person in Gen.Elements("ann", "ben", "cleo", Requester, "")
        from may in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from choice in Gen.Frequency((8, Gen.Constant(VoteChoice.Approve)), (2, Gen.Constant(VoteChoice.Reject)), (1, Gen.Constant(VoteChoice.None)))
        from comment in Gen.Elements(null, "Go.", new string('x', 3000))
        select new CastVote(person, may, choice, "api_key", comment);

    private static Gen<ApprovalMove> Begin =>
        (from run in Gen.Frequency((4, Gen.Constant(Plans.RunId)), (1, Gen.Constant(Plans.ApprovalId)))
         from hash in Gen.Frequency((4, Gen.Constant(Plans.Hash)), (1, Gen.Constant("other")))
         select new BeginExecution(run, hash))
        .Move<Approval, ApprovalEvent, BeginExecution>((approval, command, _) => ApprovalDecider.BeginExecution(approval, command), 0, 1);

    private static Gen<ApprovalMove> Finish =>
        (from run in Gen.Frequency((4, Gen.Constant(Plans.RunId)), (1, Gen.Constant(Plans.ApprovalId)))
         from success in Gen.Elements(true, false)
         select new FinishExecution(run, success, null))
        .Move<Approval, ApprovalEvent, FinishExecution>((approval, command, _) => ApprovalDecider.FinishExecution(approval, command), 0, 1);

    private static Gen<ApprovalMove> Moves => Gen.Frequency(
        (1, Request),
        (8, Vote.Move<Approval, ApprovalEvent, CastVote>(ApprovalDecider.Vote, 0, 0, 1, 6)),
        (4, Begin),
        (2, Finish),
        (1, Gen.Elements(new CancelApproval("Not needed."), new CancelApproval(" "))
            .Move<Approval, ApprovalEvent, CancelApproval>((approval, command, _) => ApprovalDecider.Cancel(approval, command, "ann"))),
        (1, Gen.Constant(new SupersedeApproval("Quiet."))
            .Move<Approval, ApprovalEvent, SupersedeApproval>((approval, command, _) => ApprovalDecider.Supersede(approval, command))),
        (2, Gen.Constant("escalate").Move<Approval, ApprovalEvent, string>((approval, _, now) => ApprovalDecider.Escalate(approval, now), 0, 5, 30)),
        (2, Gen.Constant("expire").Move<Approval, ApprovalEvent, string>((approval, _, now) => ApprovalDecider.Expire(approval, now), 0, 5, 30)));
}
