using AwoooP.Grains.Tests.Harness;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>Every state and trigger, with what the guards look at all true, all false, and for each denial, written down a second time.</summary>
public sealed class RunTransitionTests
{
    private const string AllTrue =
        """
        none: create -> waiting_approval

        waiting_approval: release -> pending
        waiting_approval: deny -> failed
        waiting_approval: stop_for_budget -> cancelled
        waiting_approval: cancel -> cancelled

        pending: claim -> running
        pending: stop_for_budget -> cancelled
        pending: cancel -> cancelled
        pending: time_out -> timed_out

        running: heartbeat -> running
        running: record_dry_run -> running
        running: begin_step -> waiting_tool
        running: finish_step -> running
        running: stop_for_budget -> cancelled
        running: lose_lease -> pending
        running: cancel -> cancelled
        running: time_out -> timed_out

        waiting_tool: claim -> running
        waiting_tool: stop_for_budget -> cancelled
        waiting_tool: cancel -> cancelled
        waiting_tool: time_out -> timed_out

        cancelled: release_target -> cancelled

        timed_out: release_target -> timed_out
        """;

    private static readonly RunFacts Facts = new()
    {
        NeedsApproval = true,
        Denial = ApprovalDenial.Rejected,
        WaitIsOver = true,
        ChecksPassed = true,
        IsWaitStep = true,
        StepsLeft = true,
        HasFault = true,
        StepUnderWay = true,
        HasBegunSteps = true,
        ModelAhead = true,
        MayTryAgain = true,
        EffectIsOver = true,
    };

    [Fact]
    public void GivenEveryFactTrue_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(RunTransitions.Table, Facts, AllTrue);

    [Fact]
    public void GivenEveryFactFalse_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        RunTransitions.Table,
        default,
        AllTrue,
        """
        none: create -> pending
        waiting_approval: deny -> refused
        waiting_approval: stop_for_budget -> refused
        pending: stop_for_budget -> refused
        running: record_dry_run -> failed
        running: begin_step -> running
        running: finish_step -> completed
        running: yield -> pending
        running: abandon -> cancelled
        running: stop_for_budget -> refused
        running: lose_lease -> failed
        waiting_tool: claim -> refused
        waiting_tool: stop_for_budget -> refused
        cancelled: release_target -> refused
        timed_out: release_target -> refused
        """);

    [Fact]
    public void GivenAFault_WhenNothingIsLeft_ThenFailed() => TableCheck.Holds(
        RunTransitions.Table, Facts with { StepsLeft = false }, AllTrue, "running: finish_step -> failed");

    [Fact]
    public void GivenAnExpiredApproval_WhenDenied_ThenTimedOut() => TableCheck.Holds(
        RunTransitions.Table, Facts with { Denial = ApprovalDenial.Expired }, AllTrue, "waiting_approval: deny -> timed_out");

    [Theory]
    [InlineData(ApprovalDenial.Cancelled)]
    [InlineData(ApprovalDenial.Superseded)]
    public void GivenAWithdrawnApproval_WhenDenied_ThenCancelledAlsoAfterItsRelease(ApprovalDenial denial) => TableCheck.Holds(
        RunTransitions.Table,
        Facts with { Denial = denial },
        AllTrue,
        """
        waiting_approval: deny -> cancelled
        pending: deny -> cancelled
        """);

    /// <summary>The ways of the platform's decision on runs; three of them are not in use (see the table).</summary>
    [Fact]
    public void GivenTheTable_WhenWalked_ThenEveryWayWasDecidedOn() => TableCheck.StaysWithin(
        RunTransitions.Table,
        """
        none: pending waiting_approval
        pending: running waiting_approval cancelled timed_out
        running: waiting_tool waiting_approval completed failed cancelled timed_out pending
        waiting_tool: running pending failed cancelled timed_out
        waiting_approval: pending failed cancelled timed_out
        """);
}
