using AwoooP.Commands;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>Every state × trigger, with every combination of what the guards look at, against what is written here a second time.</summary>
public sealed class RunTransitionTests
{
    /// <summary>The ways of the platform's decision on runs; three of them are not in use (see the table).</summary>
    private static readonly HashSet<(RunState, RunState)> KnownWays =
    [
        (RunState.None, RunState.Pending), (RunState.None, RunState.WaitingApproval),
        (RunState.Pending, RunState.Running), (RunState.Pending, RunState.WaitingApproval), (RunState.Pending, RunState.Cancelled), (RunState.Pending, RunState.TimedOut),
        (RunState.Running, RunState.WaitingTool), (RunState.Running, RunState.WaitingApproval), (RunState.Running, RunState.Completed), (RunState.Running, RunState.Failed),
        (RunState.Running, RunState.Cancelled), (RunState.Running, RunState.TimedOut), (RunState.Running, RunState.Pending),
        (RunState.WaitingTool, RunState.Running), (RunState.WaitingTool, RunState.Pending), (RunState.WaitingTool, RunState.Failed),
        (RunState.WaitingTool, RunState.Cancelled), (RunState.WaitingTool, RunState.TimedOut),
        (RunState.WaitingApproval, RunState.Pending), (RunState.WaitingApproval, RunState.Failed), (RunState.WaitingApproval, RunState.Cancelled),
        (RunState.WaitingApproval, RunState.TimedOut),
    ];

    /// <summary>Where a trigger leads when everything that its guards look at is false, and when all of it is true.</summary>
    private static readonly Dictionary<(RunState, RunTrigger), (RunState? WhenFalse, RunState? WhenTrue)> Expected = new()
    {
        [(RunState.None, RunTrigger.Create)] = (RunState.Pending, RunState.WaitingApproval),
        [(RunState.WaitingApproval, RunTrigger.Release)] = (RunState.Pending, RunState.Pending),
        [(RunState.WaitingApproval, RunTrigger.Deny)] = (null, RunState.Failed),
        [(RunState.WaitingApproval, RunTrigger.Cancel)] = (RunState.Cancelled, RunState.Cancelled),
        [(RunState.Pending, RunTrigger.Claim)] = (RunState.Running, RunState.Running),
        [(RunState.Pending, RunTrigger.Deny)] = (null, null),
        [(RunState.Pending, RunTrigger.Cancel)] = (RunState.Cancelled, RunState.Cancelled),
        [(RunState.Pending, RunTrigger.TimeOut)] = (RunState.TimedOut, RunState.TimedOut),
        [(RunState.Running, RunTrigger.Heartbeat)] = (RunState.Running, RunState.Running),
        [(RunState.Running, RunTrigger.RecordDryRun)] = (RunState.Failed, RunState.Running),
        [(RunState.Running, RunTrigger.BeginStep)] = (RunState.Running, RunState.WaitingTool),
        [(RunState.Running, RunTrigger.FinishStep)] = (RunState.Completed, RunState.Running),
        [(RunState.Running, RunTrigger.Yield)] = (RunState.Pending, null),
        [(RunState.Running, RunTrigger.Abandon)] = (RunState.Cancelled, null),
        [(RunState.Running, RunTrigger.LoseLease)] = (RunState.Failed, RunState.Pending),
        [(RunState.Running, RunTrigger.Cancel)] = (RunState.Cancelled, RunState.Cancelled),
        [(RunState.Running, RunTrigger.TimeOut)] = (RunState.TimedOut, RunState.TimedOut),
        [(RunState.WaitingTool, RunTrigger.Claim)] = (null, RunState.Running),
        [(RunState.WaitingTool, RunTrigger.Cancel)] = (RunState.Cancelled, RunState.Cancelled),
        [(RunState.WaitingTool, RunTrigger.TimeOut)] = (RunState.TimedOut, RunState.TimedOut),
        [(RunState.Cancelled, RunTrigger.ReleaseTarget)] = (null, RunState.Cancelled),
        [(RunState.TimedOut, RunTrigger.ReleaseTarget)] = (null, RunState.TimedOut),
    };

    private static readonly RunFacts AllTrue = new()
    {
        NeedsApproval = true, Denial = ApprovalDenial.Rejected, WaitIsOver = true, ChecksPassed = true, IsWaitStep = true,
        StepsLeft = true, HasFault = true, StepUnderWay = true, HasBegunSteps = true, MayTryAgain = true, EffectIsOver = true,
    };

    public static TheoryData<RunState, RunTrigger> EveryPair()
    {
        var pairs = new TheoryData<RunState, RunTrigger>();
        foreach (var state in Enum.GetValues<RunState>())
        {
            foreach (var trigger in Enum.GetValues<RunTrigger>())
                pairs.Add(state, trigger);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void GivenAnyState_WhenTriggered_ThenAsWrittenHere(RunState state, RunTrigger trigger)
    {
        var known = Expected.TryGetValue((state, trigger), out var expected);

        Check(RunTransitions.Table.Decide(state, trigger, default).Refusal, RunTransitions.Table.Decide(state, trigger, default).Target, expected.WhenFalse);
        Check(RunTransitions.Table.Decide(state, trigger, AllTrue).Refusal, RunTransitions.Table.Decide(state, trigger, AllTrue).Target, expected.WhenTrue);
        RunTransitions.Table.LegalTriggers(state).Count.ShouldBe(Expected.Keys.Count(key => key.Item1 == state));
        if (!known)
            RunTransitions.Table.Decide(state, trigger, AllTrue).Refusal!.Kind.ShouldBe(state == RunState.None ? RefusalKind.NotFound : RefusalKind.IllegalTransition);
    }

    [Theory]
    [InlineData(RunState.WaitingApproval, ApprovalDenial.Rejected, RunState.Failed)]
    [InlineData(RunState.WaitingApproval, ApprovalDenial.Expired, RunState.TimedOut)]
    [InlineData(RunState.WaitingApproval, ApprovalDenial.Cancelled, RunState.Cancelled)]
    [InlineData(RunState.WaitingApproval, ApprovalDenial.Superseded, RunState.Cancelled)]
    [InlineData(RunState.Pending, ApprovalDenial.Cancelled, RunState.Cancelled)]
    [InlineData(RunState.Pending, ApprovalDenial.Superseded, RunState.Cancelled)]
    public void GivenADenial_WhenItComes_ThenItsOwnEnd(RunState state, ApprovalDenial denial, RunState target) =>
        RunTransitions.Table.Decide(state, RunTrigger.Deny, new RunFacts { Denial = denial }).Target.ShouldBe(target);

    [Fact]
    public void GivenAFault_WhenNothingIsLeft_ThenFailed() =>
        RunTransitions.Table.Decide(RunState.Running, RunTrigger.FinishStep, new RunFacts { HasFault = true }).Target.ShouldBe(RunState.Failed);

    [Fact]
    public void GivenTheTable_WhenWalked_ThenEveryWayIsAKnownOne() =>
        RunTransitions.Table.Rows.Select(row => (row.From, row.To)).Where(way => way.From != way.To).ShouldBeSubsetOf(KnownWays);

    private static void Check(Refusal? refusal, RunState target, RunState? expected)
    {
        if (expected is { } state)
        {
            refusal.ShouldBeNull();
            target.ShouldBe(state);
        }
        else
        {
            refusal.ShouldNotBeNull();
        }
    }
}
