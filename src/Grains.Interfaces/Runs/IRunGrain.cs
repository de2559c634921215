using System.Text.Json.Serialization;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Playbooks;

namespace AwoooP.Runs;

/// <summary>
/// One run of a plan. Key: <c>{project_id}/{run_id}</c>. Workers ask for every step of the way; the grain alone decides.
/// A worker that lost its lease is refused with <c>lease_lost</c> on its next word.
/// </summary>
public interface IRunGrain : IAggregateGrain
{
    Task<CommandResult> CreateAsync(CreateRun command, CancellationToken cancellationToken);

    /// <summary>The approval was granted: waiting_approval → pending.</summary>
    Task<CommandResult> ReleaseAsync(ReleaseRun command, CancellationToken cancellationToken);

    /// <summary>The approval ended without a yes: rejected → failed, expired → timed_out, cancelled or superseded → cancelled.</summary>
    Task<CommandResult> DenyAsync(DenyRun command, CancellationToken cancellationToken);

    /// <summary>Takes the lease and the claim on the target; refused with <c>paused</c>, <c>target_busy</c>, <c>quota_exceeded</c>, or when the state does not allow it.</summary>
    Task<CommandResult> ClaimAsync(ClaimRun command, CancellationToken cancellationToken);

    Task<CommandResult> HeartbeatAsync(RunHeartbeat command, CancellationToken cancellationToken);

    /// <summary>
    /// Commits what the dry run of all steps found. A failed check fails the run (<c>E-DRY-RUN-FAILED</c>) before anything was touched;
    /// no step may begin before a dry run has passed.
    /// </summary>
    Task<CommandResult> RecordDryRunAsync(RecordDryRun command, CancellationToken cancellationToken);

    /// <summary>
    /// Commits the intent of a step, before its effect. Refused with <c>paused</c> while a brake is on.
    /// A wait step gives the lease back: the run waits by a durable wake-up and is offered again when the time is over.
    /// </summary>
    Task<CommandResult> BeginStepAsync(BeginStep command, CancellationToken cancellationToken);

    /// <summary>Commits what a step did; after the last one the run completes or fails.</summary>
    Task<CommandResult> FinishStepAsync(FinishStep command, CancellationToken cancellationToken);

    /// <summary>The worker found that the plan no longer fits before it touched anything: → cancelled, superseded.</summary>
    Task<CommandResult> AbandonAsync(AbandonRun command, CancellationToken cancellationToken);

    /// <summary>The worker gives the lease back between two steps (a brake is on, or its silo stops): back to pending, the attempt unchanged.</summary>
    Task<CommandResult> YieldAsync(YieldRun command, CancellationToken cancellationToken);

    /// <summary>
    /// The project's budget is used up, and the run has a model to ask: → cancelled, <c>E-BUDGET-003</c>. Refused with <c>no_model_step</c> where it has none.
    /// </summary>
    Task<CommandResult> StopForBudgetAsync(StopForBudget command, CancellationToken cancellationToken);

    /// <summary>
    /// The same from outside, wherever the run stands and whoever holds its lease: its worker learns of it with its next word. Refused with
    /// <c>no_model_step</c> as above, with <c>at_last_model</c> where nothing but the call under way is left to ask, and with <c>run_made_later</c>.
    /// </summary>
    Task<CommandResult> HaltForBudgetAsync(HaltForBudget command, CancellationToken cancellationToken);

    Task<CommandResult> CancelAsync(CancelRun command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<RunView?> GetAsync(CancellationToken cancellationToken);
}

public sealed record CreateRun(RepairPlan Plan, bool NeedsApproval, bool IsShadow, string Kind, string? IdempotencyKey, int Priority = 0, int MaxAttempts = 3);

/// <param name="By">Whose vote decided.</param>
/// <param name="Method">How that person was known.</param>
public sealed record ReleaseRun(Guid ApprovalId, string? By = null, string? Method = null);

public sealed record DenyRun(Guid ApprovalId, ApprovalDenial Denial, string? Reason);

[JsonConverter(typeof(SnakeCaseEnumConverter<ApprovalDenial>))]
public enum ApprovalDenial
{
    None = 0,
    Rejected,
    Expired,
    Cancelled,
    Superseded,
}

public sealed record ClaimRun(string WorkerId);

public sealed record RunHeartbeat(string WorkerId, int Attempt);

/// <param name="StepNo">From 1; a rollback step has the number of the step that it undoes.</param>
public sealed record BeginStep(string WorkerId, int Attempt, int StepNo, StepPhase Phase);

/// <param name="Output">Redacted; at most 16,384 characters.</param>
public sealed record FinishStep(string WorkerId, int Attempt, int StepNo, StepPhase Phase, StepStatus Status, string? Output, string? ErrorCode, long DurationMs);

public sealed record AbandonRun(string WorkerId, int Attempt, string Reason);

public sealed record YieldRun(string WorkerId, int Attempt, string Reason);

public sealed record StopForBudget(string WorkerId, int Attempt);

/// <param name="MadeBy">The kill is lifted again, and stops only runs that had been created by then; null while it is in force, which stops any.</param>
public sealed record HaltForBudget(DateTimeOffset? MadeBy);

public sealed record RecordDryRun(string WorkerId, int Attempt, IReadOnlyList<DryRunCheck> Checks);

/// <summary>What the dry run of one step found.</summary>
/// <param name="Message">For a person; redacted.</param>
public sealed record DryRunCheck(int StepNo, StepPhase Phase, string Kind, string Name, bool Passed, string? Message);

public sealed record CancelRun(string? Reason);

/// <param name="Cause">Why it ended so; null while it goes on, and where its repair was verified.</param>
public sealed record RunView(
    long Version,
    Guid RunId,
    RunState State,
    RepairPlan Plan,
    bool IsShadow,
    int Attempt,
    int MaxAttempts,
    string? LeaseOwner,
    DateTimeOffset? LeaseUntil,
    IReadOnlyList<StepView> Steps,
    string? ErrorCode,
    string? TraceId,
    NextStep? Next,
    IReadOnlyList<string> AvailableActions,
    bool NeedsApproval,
    RunCause? Cause = null);

public sealed record StepView(int StepNo, int Attempt, StepPhase Phase, string Kind, string Name, StepStatus Status, string? Output, string? ErrorCode, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, Guid ToolCallId);

/// <summary>What the lease holder is to do next; null when nothing is left or a step is under way.</summary>
public sealed record NextStep(int StepNo, StepPhase Phase, RepairStep Step);
