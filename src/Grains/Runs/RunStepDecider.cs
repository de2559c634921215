using AwoooP.Aggregates;
using AwoooP.Brakes;
using AwoooP.Playbooks;

namespace AwoooP.Runs;

/// <summary>What happens inside a lease: the dry run, then each step with its intent before its effect. Pure.</summary>
internal static class RunStepDecider
{
    public static Decision<RunEvent> RecordDryRun(Run run, RecordDryRun command)
    {
        var failed = command.Checks.FirstOrDefault(check => !check.Passed);
        var facts = new RunFacts { ChecksPassed = failed is null };
        if (RunDecider.Refused(run, RunTrigger.RecordDryRun, command.WorkerId, command.Attempt, facts) is { } refusal)
            return refusal;

        var checks = command.Checks.Select(check => check with { Message = StepText.Clean(check.Message, RunLimits.MaxCheckText) });
        Decision<RunEvent> recorded = new RunDryRunRecorded(run.Attempt, failed is null, [.. checks]);
        return failed is null
            ? recorded
            : RunDecider.Ended(run, recorded.And(new RunFailed(
                run.Plan!,
                RunErrors.DryRunFailed,
                $"The dry run of step {failed.StepNo} '{failed.Name}' failed.",
                false,
                run.IsShadow,
                run.StartedAt,
                new StepInTheWay(failed.StepNo, failed.Name, StepText.Clean(failed.Message, RunLimits.MaxCheckText)))));
    }

    /// <param name="pause">The brake that is on for this run, if one is.</param>
    /// <param name="toolCallId">The id of this try; made by the shell.</param>
    public static Decision<RunEvent> Begin(Run run, BeginStep command, PauseEntry? pause, Guid toolCallId, DateTimeOffset now)
    {
        var next = RunPath.Next(run);
        var facts = new RunFacts { IsWaitStep = next?.Step is WaitStep };
        if (RunDecider.Refused(run, RunTrigger.BeginStep, command.WorkerId, command.Attempt, facts) is { } refusal)
            return refusal;
        if (next is null || next.StepNo != command.StepNo || next.Phase != command.Phase)
            return RunRefusals.StepOutOfOrder;
        if (!run.DryRunPassed && !run.IsShadow)
            return RunRefusals.DryRunRequired;
        if (pause is not null)
            return RunRefusals.Paused(pause);

        Decision<RunEvent> begun = new RunStepBegun(
            next.StepNo, run.Attempt, next.Phase, StepKinds.Of(next.Step), next.Step.Name, StepText.Input(next.Step), toolCallId);
        if (next.Step is not WaitStep wait)
            return begun;

        var until = now + TimeSpan.FromSeconds(wait.Seconds);
        return begun
            .And(new RunWaiting(next.StepNo, until))
            .ClearWake(RunWakes.Lease)
            .WakeAt(RunWakes.Offer, until, RunLimits.Offer);
    }

    public static Decision<RunEvent> Finish(Run run, FinishStep command, DateTimeOffset now)
    {
        if (!run.IsLeasedTo(command.WorkerId, command.Attempt))
            return RunDecider.Refused(run, RunTrigger.FinishStep, command.WorkerId, command.Attempt, default) ?? RunRefusals.LeaseLost;
        if (command.Status is not (StepStatus.Succeeded or StepStatus.Failed or StepStatus.TimedOut))
            return RunRefusals.InvalidStepStatus;
        if (run.UnderWay is not { } step || step.StepNo != command.StepNo || step.Phase != command.Phase || step.Attempt != command.Attempt)
            return RunRefusals.StepNotUnderWay;

        return Concluded(run, StepText.Finished(step, command.Status, command.Output, command.ErrorCode, command.DurationMs), Decision<RunEvent>.Nothing, now);
    }

    /// <summary>The claim after a wait: the wait step has succeeded, and the run goes on from there, or ends when nothing is left.</summary>
    public static Decision<RunEvent> EndWait(Run run, RunClaimed claimed, DateTimeOffset now)
    {
        var wait = run.UnderWay ?? throw new InvalidOperationException("A run waits without a wait step.");
        var claim = Decision<RunEvent>.Of(claimed).ClearWake(RunWakes.Offer).WakeAt(RunWakes.Lease, claimed.LeaseUntil);
        var finished = StepText.Finished(wait, StepStatus.Succeeded, null, null, (long)(now - wait.StartedAt).TotalMilliseconds);
        return Concluded(run.Apply(claimed, now), finished, claim, now);
    }

    private static Decision<RunEvent> Concluded(Run run, RunStepFinished finished, Decision<RunEvent> before, DateTimeOffset now)
    {
        var after = run.Apply(finished, now);
        var facts = new RunFacts { StepsLeft = RunPath.Next(after) is not null, HasFault = after.Fault is not null };
        var decision = before.And(finished);
        var plan = run.Plan!;
        return RunTransitions.Table.Decide(run.State, RunTrigger.FinishStep, facts) switch
        {
            { Refusal: { } refusal } => refusal,
            { Target: RunState.Running } => decision,
            { Target: RunState.Completed } => RunDecider.Ended(
                run, decision.And(new RunCompleted(plan, RunPath.IsVerified(after), run.IsShadow, run.StartedAt ?? now))),
            { Target: RunState.Failed } => RunDecider.Ended(run, decision.And(new RunFailed(
                plan, after.Fault!.ErrorCode, after.Fault.Message, RunPath.EveryRollbackSucceeded(after), run.IsShadow, run.StartedAt, after.Fault.Step))),
            var other => throw new InvalidOperationException($"A finished step does not lead to {other.Target}."),
        };
    }
}
