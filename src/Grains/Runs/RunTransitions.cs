using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Runs;

/// <summary>
/// The eight states of a run and every way between them. Of the ways that the platform knows, three are not taken here: nothing asks for
/// an approval once a run is released (pending and running to waiting_approval), and a waiting run holds no lease that it could lose
/// (waiting_tool to pending).
/// </summary>
public static class RunTransitions
{
    private static readonly Guard<RunFacts> NeedsApproval = new("needs_approval", facts => facts.NeedsApproval);
    private static readonly Guard<RunFacts> IsExpired = new("is_expired", facts => facts.Denial == ApprovalDenial.Expired);

    private static readonly Guard<RunFacts> IsRejected = new(
        "is_rejected",
        facts => facts.Denial == ApprovalDenial.Rejected,
        "invalid_denial",
        "An approval ends without a yes as rejected, expired, cancelled or superseded.",
        RefusalKind.Invalid);

    private static readonly Guard<RunFacts> IsWithdrawn = new(
        "is_withdrawn",
        facts => facts.Denial is ApprovalDenial.Cancelled or ApprovalDenial.Superseded,
        "run_released",
        "An approved run is denied only by cancelling or superseding its approval.");

    private static readonly Guard<RunFacts> WaitIsOver = new(
        "wait_is_over", facts => facts.WaitIsOver, "wait_not_over", "The wait step is not over yet.", RefusalKind.Conflict);

    private static readonly Guard<RunFacts> ChecksPassed = new("checks_passed", facts => facts.ChecksPassed);
    private static readonly Guard<RunFacts> IsWaitStep = new("is_wait_step", facts => facts.IsWaitStep);
    private static readonly Guard<RunFacts> StepsLeft = new("steps_left", facts => facts.StepsLeft);
    private static readonly Guard<RunFacts> NoFault = new("no_fault", facts => !facts.HasFault);
    private static readonly Guard<RunFacts> MayTryAgain = new("may_try_again", facts => facts.MayTryAgain);

    private static readonly Guard<RunFacts> EffectIsOver = new(
        "effect_is_over", facts => facts.EffectIsOver, "effect_under_way", "Nothing is held, or the effect under way may still go on.", RefusalKind.Conflict);

    private static readonly Guard<RunFacts> BetweenSteps = new(
        "between_steps", facts => !facts.StepUnderWay, "step_under_way", "A step is under way: its outcome comes first.", RefusalKind.Conflict);

    private static readonly Guard<RunFacts> NothingTouched = new(
        "nothing_touched",
        facts => !facts.HasBegunSteps,
        "steps_begun",
        "A step has begun: the run can fail or be cancelled, but no longer be abandoned.",
        RefusalKind.Conflict);

    private static readonly Guard<RunFacts> ModelAhead = new(
        "model_ahead",
        facts => facts.ModelAhead,
        "no_model_step",
        "The run is at no model step and has none before it: work by rules goes on whatever models may cost.",
        RefusalKind.Conflict);

    public static TransitionTable<RunState, RunTrigger, RunFacts> Table { get; } = new("run",
    [
        new(RunState.None, RunTrigger.Create, RunState.WaitingApproval, NeedsApproval),
        new(RunState.None, RunTrigger.Create, RunState.Pending),

        new(RunState.WaitingApproval, RunTrigger.Release, RunState.Pending),
        new(RunState.WaitingApproval, RunTrigger.Deny, RunState.Failed, IsRejected),
        new(RunState.WaitingApproval, RunTrigger.Deny, RunState.TimedOut, IsExpired),
        new(RunState.WaitingApproval, RunTrigger.Deny, RunState.Cancelled, IsWithdrawn),
        new(RunState.WaitingApproval, RunTrigger.StopForBudget, RunState.Cancelled, ModelAhead),
        new(RunState.WaitingApproval, RunTrigger.Cancel, RunState.Cancelled),

        new(RunState.Pending, RunTrigger.Claim, RunState.Running),
        new(RunState.Pending, RunTrigger.Deny, RunState.Cancelled, IsWithdrawn),
        new(RunState.Pending, RunTrigger.StopForBudget, RunState.Cancelled, ModelAhead),
        new(RunState.Pending, RunTrigger.Cancel, RunState.Cancelled),
        new(RunState.Pending, RunTrigger.TimeOut, RunState.TimedOut),

        new(RunState.Running, RunTrigger.Heartbeat, RunState.Running),
        new(RunState.Running, RunTrigger.RecordDryRun, RunState.Running, ChecksPassed),
        new(RunState.Running, RunTrigger.RecordDryRun, RunState.Failed),
        new(RunState.Running, RunTrigger.BeginStep, RunState.WaitingTool, IsWaitStep),
        new(RunState.Running, RunTrigger.BeginStep, RunState.Running),
        new(RunState.Running, RunTrigger.FinishStep, RunState.Running, StepsLeft),
        new(RunState.Running, RunTrigger.FinishStep, RunState.Completed, NoFault),
        new(RunState.Running, RunTrigger.FinishStep, RunState.Failed),
        new(RunState.Running, RunTrigger.Yield, RunState.Pending, BetweenSteps),
        new(RunState.Running, RunTrigger.Abandon, RunState.Cancelled, NothingTouched),
        new(RunState.Running, RunTrigger.StopForBudget, RunState.Cancelled, ModelAhead),
        new(RunState.Running, RunTrigger.LoseLease, RunState.Pending, MayTryAgain),
        new(RunState.Running, RunTrigger.LoseLease, RunState.Failed),
        new(RunState.Running, RunTrigger.Cancel, RunState.Cancelled),
        new(RunState.Running, RunTrigger.TimeOut, RunState.TimedOut),

        new(RunState.WaitingTool, RunTrigger.Claim, RunState.Running, WaitIsOver),
        new(RunState.WaitingTool, RunTrigger.StopForBudget, RunState.Cancelled, ModelAhead),
        new(RunState.WaitingTool, RunTrigger.Cancel, RunState.Cancelled),
        new(RunState.WaitingTool, RunTrigger.TimeOut, RunState.TimedOut),

        // Ended in the middle of a step, a run keeps its target until the worker has surely stopped.
        new(RunState.Cancelled, RunTrigger.ReleaseTarget, RunState.Cancelled, EffectIsOver),
        new(RunState.TimedOut, RunTrigger.ReleaseTarget, RunState.TimedOut, EffectIsOver),
    ],
    [RunTrigger.Cancel]);

    /// <summary>What a person may ask for.</summary>
    public static IReadOnlyList<string> AvailableActions(Run run) => Table.AvailableActions(run.State, default);
}
