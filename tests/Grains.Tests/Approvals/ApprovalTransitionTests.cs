using AwoooP.Approvals;
using AwoooP.Grains.Tests.Harness;

namespace AwoooP.Grains.Tests.Approvals;

/// <summary>Every state and trigger, written down a second time.</summary>
public sealed class ApprovalTransitionTests
{
    private const string Favourable =
        """
        none: request -> pending

        pending: approve -> approved
        pending: reject -> rejected
        pending: escalate -> pending
        pending: expire -> expired
        pending: cancel -> cancelled
        pending: supersede -> superseded

        approved: begin_execution -> executing
        approved: cancel -> cancelled
        approved: supersede -> superseded

        executing: begin_execution -> executing
        executing: finish_execution -> executed
        """;

    [Fact]
    public void GivenEnoughVotesForThisPlanAndSuccess_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        ApprovalTransitions.Table, new ApprovalFacts { EnoughVotes = true, ForThisPlan = true, Succeeded = true }, Favourable);

    [Fact]
    public void GivenTooFewVotesAnotherPlanAndFailure_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        ApprovalTransitions.Table,
        default,
        Favourable,
        """
        pending: approve -> pending
        approved: begin_execution -> refused
        executing: begin_execution -> refused
        executing: finish_execution -> failed
        """);

    [Fact]
    public void GivenTheTable_WhenWalked_ThenEveryWayWasDecidedOn() => TableCheck.StaysWithin(
        ApprovalTransitions.Table,
        """
        none: pending
        pending: approved rejected expired cancelled superseded
        approved: executing cancelled superseded
        executing: executed failed
        """);

    [Fact]
    public void GivenAnotherPlan_WhenExecutionBegins_ThenPlanMismatch() =>
        ApprovalTransitions.Table.Decide(ApprovalStatus.Approved, ApprovalTrigger.BeginExecution, default).Refusal!.Code.ShouldBe("plan_mismatch");
}
