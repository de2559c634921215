using AwoooP.Approvals;
using AwoooP.Commands;

namespace AwoooP.Grains.Tests.Approvals;

/// <summary>Every state × trigger, against what decisions on approvals say, written down here a second time.</summary>
public sealed class ApprovalTransitionTests
{
    private static readonly ApprovalFacts Favourable = new() { EnoughVotes = true, ForThisPlan = true, Succeeded = true };

    private static readonly Dictionary<(ApprovalStatus, ApprovalTrigger), ApprovalStatus> Expected = new()
    {
        [(ApprovalStatus.None, ApprovalTrigger.Request)] = ApprovalStatus.Pending,
        [(ApprovalStatus.Pending, ApprovalTrigger.Approve)] = ApprovalStatus.Approved,
        [(ApprovalStatus.Pending, ApprovalTrigger.Reject)] = ApprovalStatus.Rejected,
        [(ApprovalStatus.Pending, ApprovalTrigger.Escalate)] = ApprovalStatus.Pending,
        [(ApprovalStatus.Pending, ApprovalTrigger.Expire)] = ApprovalStatus.Expired,
        [(ApprovalStatus.Pending, ApprovalTrigger.Cancel)] = ApprovalStatus.Cancelled,
        [(ApprovalStatus.Pending, ApprovalTrigger.Supersede)] = ApprovalStatus.Superseded,
        [(ApprovalStatus.Approved, ApprovalTrigger.BeginExecution)] = ApprovalStatus.Executing,
        [(ApprovalStatus.Approved, ApprovalTrigger.Cancel)] = ApprovalStatus.Cancelled,
        [(ApprovalStatus.Approved, ApprovalTrigger.Supersede)] = ApprovalStatus.Superseded,
        [(ApprovalStatus.Executing, ApprovalTrigger.BeginExecution)] = ApprovalStatus.Executing,
        [(ApprovalStatus.Executing, ApprovalTrigger.FinishExecution)] = ApprovalStatus.Executed,
    };

    private static readonly HashSet<(ApprovalStatus, ApprovalStatus)> Arrows =
    [
        (ApprovalStatus.None, ApprovalStatus.Pending),
        (ApprovalStatus.Pending, ApprovalStatus.Approved),
        (ApprovalStatus.Pending, ApprovalStatus.Rejected),
        (ApprovalStatus.Pending, ApprovalStatus.Expired),
        (ApprovalStatus.Pending, ApprovalStatus.Cancelled),
        (ApprovalStatus.Pending, ApprovalStatus.Superseded),
        (ApprovalStatus.Approved, ApprovalStatus.Executing),
        (ApprovalStatus.Approved, ApprovalStatus.Cancelled),
        (ApprovalStatus.Approved, ApprovalStatus.Superseded),
        (ApprovalStatus.Executing, ApprovalStatus.Executed),
        (ApprovalStatus.Executing, ApprovalStatus.Failed),
    ];

    public static TheoryData<ApprovalStatus, ApprovalTrigger> EveryPair()
    {
        var pairs = new TheoryData<ApprovalStatus, ApprovalTrigger>();
        foreach (var status in Enum.GetValues<ApprovalStatus>())
        {
            foreach (var trigger in Enum.GetValues<ApprovalTrigger>())
                pairs.Add(status, trigger);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void GivenAnyStatus_WhenTriggered_ThenAsWrittenHere(ApprovalStatus status, ApprovalTrigger trigger)
    {
        var verdict = ApprovalTransitions.Table.Decide(status, trigger, Favourable);

        if (Expected.TryGetValue((status, trigger), out var target))
        {
            verdict.Refusal.ShouldBeNull();
            verdict.Target.ShouldBe(target);
            return;
        }

        verdict.Refusal.ShouldNotBeNull();
        verdict.Refusal.Kind.ShouldBe(status == ApprovalStatus.None ? RefusalKind.NotFound : RefusalKind.IllegalTransition);
        verdict.Refusal.Legal.ShouldBe(ApprovalTransitions.Table.LegalTriggers(status));
    }

    [Fact]
    public void GivenTheTable_WhenWalked_ThenItsWaysAreExactlyTheKnownOnes() =>
        ApprovalTransitions.Table.Rows.Select(row => (row.From, row.To)).Where(arrow => arrow.From != arrow.To).ToHashSet().ShouldBe(Arrows, ignoreOrder: true);

    [Fact]
    public void GivenOneVoteOfTwo_WhenApproved_ThenStillPending() =>
        ApprovalTransitions.Table.Decide(ApprovalStatus.Pending, ApprovalTrigger.Approve, default).Target.ShouldBe(ApprovalStatus.Pending);

    [Fact]
    public void GivenAnotherPlan_WhenExecutionBegins_ThenPlanMismatch() =>
        ApprovalTransitions.Table.Decide(ApprovalStatus.Approved, ApprovalTrigger.BeginExecution, default).Refusal!.Code.ShouldBe("plan_mismatch");
}
