using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>What each event of a run makes of its row.</summary>
internal static class RunFold
{
    public static bool Begins(DecodedEvent next) => next.Data is RunCreated;

    public static RunRecord Apply(RunRecord? row, DecodedEvent next)
    {
        if (next.Data is RunCreated created)
            return Create(next, created);

        var before = row! with { UpdatedAt = next.At };
        var outcome = before.Outcome ?? new RunOutcome();
        return next.Data switch
        {
            RunReleased released => before with
            {
                State = RunState.Pending,
                Outcome = outcome with { ApprovedBy = released.By, AuthorizationChannel = released.Method == "telegram" ? "telegram" : "web" },
            },
            RunClaimed claimed => before with
            {
                State = RunState.Running,
                Attempt = claimed.Attempt,
                LeaseOwner = claimed.WorkerId,
                LeaseUntil = claimed.LeaseUntil,
                HeartbeatAt = next.At,
                StartedAt = before.StartedAt ?? next.At,
            },
            RunHeartbeatReceived heartbeat => before with { LeaseUntil = heartbeat.LeaseUntil, HeartbeatAt = next.At },
            RunDryRunRecorded dryRun => before with { Outcome = outcome with { DryRun = dryRun.Checks } },
            RunStepBegun or RunStepFinished or RunTargetReleased => before,
            RunWaiting => Unleased(before, RunState.WaitingTool),
            RunYielded => Unleased(before, RunState.Pending),
            RunLeaseLost lost => Unleased(before, RunState.Pending) with { Attempt = lost.NextAttempt },
            RunCompleted completed => End(before, next, RunState.Completed, outcome with { Verified = completed.Verified }, null),
            RunFailed failed => End(
                before, next, RunState.Failed, outcome with { Verified = false, RolledBack = failed.RolledBack, Message = failed.Message }, failed.ErrorCode),
            RunCancelled cancelled => End(before, next, RunState.Cancelled, outcome with { Reason = cancelled.Reason, By = cancelled.By }, cancelled.ErrorCode),
            RunTimedOut timedOut => End(before, next, RunState.TimedOut, outcome, timedOut.ErrorCode),
            _ => throw next.Unknown(),
        };
    }

    private static RunRecord Create(DecodedEvent next, RunCreated created) => new()
    {
        Key = next.Key,
        Plan = created.Plan,
        AgentId = created.AgentId,
        Kind = created.Kind,
        State = created.State,
        Priority = created.Priority,
        MaxAttempts = created.MaxAttempts,
        TraceId = created.TraceId ?? next.Recorded.TraceId,
        IdempotencyKey = created.IdempotencyKey,
        IsShadow = created.IsShadow,
        Outcome = created.State == RunState.Pending ? new RunOutcome { AuthorizationChannel = "auto" } : null,
        CreatedAt = next.At,
        UpdatedAt = next.At,
    };

    private static RunRecord Unleased(RunRecord row, RunState state) => row with { State = state, LeaseOwner = null, LeaseUntil = null };

    private static RunRecord End(RunRecord row, DecodedEvent next, RunState state, RunOutcome outcome, string? errorCode) => Unleased(row, state) with
    {
        Outcome = outcome with { DurationMs = row.StartedAt is { } startedAt ? (long)(next.At - startedAt).TotalMilliseconds : null },
        ErrorCode = errorCode,
        FinishedAt = next.At,
    };
}
