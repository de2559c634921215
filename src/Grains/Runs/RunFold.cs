namespace AwoooP.Runs;

/// <summary>How each event moves a run. Live calls and replay share it.</summary>
internal static class RunFold
{
    public static Run Apply(Run run, RunEvent @event, DateTimeOffset at) => @event switch
    {
        RunCreated created => new Run
        {
            State = created.State,
            CreatedAt = at,
            Plan = created.Plan,
            Kind = created.Kind,
            AgentId = created.AgentId,
            IsShadow = created.IsShadow,
            NeedsApproval = created.State == RunState.WaitingApproval,
            Priority = created.Priority,
            MaxAttempts = created.MaxAttempts,
            TraceId = created.TraceId,
            Attempt = 1,
        },
        RunReleased => run with { State = RunState.Pending },
        RunClaimed claimed => run with
        {
            State = RunState.Running,
            LeaseOwner = claimed.WorkerId,
            LeaseUntil = claimed.LeaseUntil,
            HoldsTarget = !run.IsShadow,
            Seat = claimed.Seat ?? run.Seat,
            // What was checked before a pause may no longer be so; once a step has begun, checking again proves nothing.
            DryRunPassed = run.DryRunPassed && run.HasBegunSteps,
            WaitsUntil = null,
            StartedAt = run.StartedAt ?? at,
        },
        RunHeartbeatReceived heartbeat => run with { LeaseUntil = heartbeat.LeaseUntil },
        RunDryRunRecorded dryRun => run with { DryRunPassed = dryRun.Passed },
        RunStepBegun begun => run with { Steps = [.. run.Steps, Record(begun, at)] },
        RunWaiting waiting => Unleased(run) with { State = RunState.WaitingTool, WaitsUntil = waiting.Until },
        RunStepFinished finished => Finished(run, finished, at),
        RunYielded => Returned(run),
        RunLeaseLost lost => Returned(run) with { Attempt = lost.NextAttempt },
        RunCompleted completed => Ended(run, RunState.Completed, null) with { Cause = completed.Verified ? null : new RunCause(RunErrors.Unverified) },
        RunFailed failed => Ended(run, RunState.Failed, new RunCause(failed.ErrorCode, failed.Step)),
        RunCancelled cancelled => Ended(run, RunState.Cancelled, new RunCause(cancelled.ErrorCode, Reason: cancelled.Reason), cancelled.TargetHeldUntil),
        RunTimedOut timedOut => Ended(run, RunState.TimedOut, new RunCause(timedOut.ErrorCode), timedOut.TargetHeldUntil),
        RunTargetReleased => run with { HoldsTarget = false, Seat = null, TargetHeldUntil = null },
        _ => throw new InvalidOperationException($"A run does not know {@event.GetType().Name}."),
    };

    private static StepRecord Record(RunStepBegun begun, DateTimeOffset at) =>
        new(begun.StepNo, begun.Attempt, begun.Phase, begun.Kind, begun.Name, begun.ToolCallId, at, StepStatus.Started);

    private static Run Finished(Run run, RunStepFinished finished, DateTimeOffset at)
    {
        var last = run.UnderWay ?? throw new InvalidOperationException($"Step {finished.StepNo} finished without having begun.");
        var done = last with
        {
            Status = finished.Status,
            Output = finished.Output is { } output ? BoundedText.Cut(output, RunLimits.MaxSnapshotText) : null,
            ErrorCode = finished.ErrorCode,
            FinishedAt = at,
        };
        var failed = finished is { Phase: StepPhase.Forward, Status: StepStatus.Failed or StepStatus.TimedOut };
        return run with { Steps = [.. run.Steps.Take(run.Steps.Count - 1), done], Fault = failed ? StepText.FaultOf(finished) : run.Fault };
    }

    private static Run Unleased(Run run) => run with { LeaseOwner = null, LeaseUntil = null };

    private static Run Returned(Run run) => Unleased(run) with
    {
        State = RunState.Pending,
        HoldsTarget = run.HoldsTarget && run.HasBegunSteps,
        Seat = run.HasBegunSteps ? run.Seat : null,
    };

    private static Run Ended(Run run, RunState state, RunCause? cause, DateTimeOffset? targetHeldUntil = null) => Unleased(run) with
    {
        State = state,
        ErrorCode = cause?.ErrorCode,
        Cause = cause,
        HoldsTarget = targetHeldUntil is not null,
        Seat = targetHeldUntil is not null ? run.Seat : null,
        TargetHeldUntil = targetHeldUntil,
        WaitsUntil = null,
    };
}
