using System.Text.Json.Serialization;
using AwoooP.Events;
using AwoooP.Playbooks;

namespace AwoooP.Runs;

public abstract record RunEvent;

public sealed record RunCreated(
    RepairPlan Plan,
    RunState State,
    string Kind,
    string AgentId,
    bool IsShadow,
    int Priority,
    int MaxAttempts,
    string? IdempotencyKey,
    string? TraceId = null) : RunEvent;

/// <summary>waiting_approval → pending.</summary>
/// <param name="By">Whose vote decided.</param>
/// <param name="Method">How that person was known.</param>
public sealed record RunReleased(Guid ApprovalId, string? By = null, string? Method = null) : RunEvent;

public sealed record RunClaimed(string WorkerId, int Attempt, DateTimeOffset LeaseUntil, int? Seat = null) : RunEvent;

public sealed record RunHeartbeatReceived(DateTimeOffset LeaseUntil) : RunEvent;

/// <param name="Input">The step as it will be executed, redacted, as JSON text.</param>
public sealed record RunStepBegun(int StepNo, int Attempt, StepPhase Phase, string Kind, string Name, string Input, Guid ToolCallId) : RunEvent;

public sealed record RunStepFinished(
    int StepNo,
    int Attempt,
    StepPhase Phase,
    string Kind,
    string Name,
    StepStatus Status,
    string? Output,
    string? ErrorCode,
    long DurationMs) : RunEvent;

/// <summary>What the dry run before the first effect found; when a check failed, the run's failure follows.</summary>
public sealed record RunDryRunRecorded(int Attempt, bool Passed, IReadOnlyList<DryRunCheck> Checks) : RunEvent;

/// <summary>running → waiting_tool: the wait step that was begun lasts until then, and no worker holds a lease meanwhile. The next claim leads back to running.</summary>
public sealed record RunWaiting(int StepNo, DateTimeOffset Until) : RunEvent;

/// <summary>running → pending, the attempt unchanged: the worker gave its lease back between two steps.</summary>
public sealed record RunYielded(string WorkerId, int Attempt, string Reason) : RunEvent;

/// <summary>The worker fell silent: back to pending with the next attempt.</summary>
public sealed record RunLeaseLost(string WorkerId, int NextAttempt) : RunEvent;

/// <param name="StartedAt">When the run was first claimed.</param>
public sealed record RunCompleted(RepairPlan Plan, bool Verified, bool IsShadow, DateTimeOffset StartedAt) : RunEvent;

/// <param name="Step">The step that failed, or that the dry run refused; null where none did, and in events of before.</param>
public sealed record RunFailed(
    RepairPlan Plan, string ErrorCode, string Message, bool RolledBack, bool IsShadow, DateTimeOffset? StartedAt, StepInTheWay? Step = null) : RunEvent;

/// <param name="TargetHeldUntil">A step was under way: its effect may go on until its worker's lease is over, and nobody else may repair the target before.</param>
public sealed record RunCancelled(RepairPlan Plan, string ErrorCode, string? Reason, string By, DateTimeOffset? TargetHeldUntil = null) : RunEvent;

/// <param name="TargetHeldUntil">As in <see cref="RunCancelled"/>.</param>
public sealed record RunTimedOut(RepairPlan Plan, string ErrorCode, DateTimeOffset? TargetHeldUntil = null) : RunEvent;

/// <summary>After its end: the lease of the worker that was in the middle of a step is over, so another repair of the target may begin.</summary>
public sealed record RunTargetReleased(string Target) : RunEvent;

public static class RunEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<RunCreated>("run.created", 1, RunEventJson.Default.RunCreated),
        new EventType<RunReleased>("run.released", 1, RunEventJson.Default.RunReleased),
        new EventType<RunClaimed>("run.claimed", 1, RunEventJson.Default.RunClaimed),
        new EventType<RunHeartbeatReceived>("run.heartbeat_received", 1, RunEventJson.Default.RunHeartbeatReceived),
        new EventType<RunStepBegun>("run.step_begun", 1, RunEventJson.Default.RunStepBegun),
        new EventType<RunStepFinished>("run.step_finished", 1, RunEventJson.Default.RunStepFinished),
        new EventType<RunDryRunRecorded>("run.dry_run_recorded", 1, RunEventJson.Default.RunDryRunRecorded),
        new EventType<RunWaiting>("run.waiting", 1, RunEventJson.Default.RunWaiting),
        new EventType<RunYielded>("run.yielded", 1, RunEventJson.Default.RunYielded),
        new EventType<RunLeaseLost>("run.lease_lost", 1, RunEventJson.Default.RunLeaseLost),
        new EventType<RunCompleted>("run.completed", 1, RunEventJson.Default.RunCompleted),
        new EventType<RunFailed>("run.failed", 1, RunEventJson.Default.RunFailed),
        new EventType<RunCancelled>("run.cancelled", 1, RunEventJson.Default.RunCancelled),
        new EventType<RunTimedOut>("run.timed_out", 1, RunEventJson.Default.RunTimedOut),
        new EventType<RunTargetReleased>("run.target_released", 1, RunEventJson.Default.RunTargetReleased),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(RunCreated))]
[JsonSerializable(typeof(RunReleased))]
[JsonSerializable(typeof(RunClaimed))]
[JsonSerializable(typeof(RunHeartbeatReceived))]
[JsonSerializable(typeof(RunStepBegun))]
[JsonSerializable(typeof(RunStepFinished))]
[JsonSerializable(typeof(RunDryRunRecorded))]
[JsonSerializable(typeof(RunWaiting))]
[JsonSerializable(typeof(RunYielded))]
[JsonSerializable(typeof(RunLeaseLost))]
[JsonSerializable(typeof(RunCompleted))]
[JsonSerializable(typeof(RunFailed))]
[JsonSerializable(typeof(RunCancelled))]
[JsonSerializable(typeof(RunTimedOut))]
[JsonSerializable(typeof(RunTargetReleased))]
internal sealed partial class RunEventJson : JsonSerializerContext;
