using AwoooP.Events;
using AwoooP.Playbooks;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>An operation on the target: a step that a run has executed, or the first one of a run whose dry run held it back.</summary>
internal sealed record Operation(DecodedEvent Event, RunRecord Run)
{
    private RunStepFinished? Step => Event.Data as RunStepFinished;

    public RepairPlan Plan => Run.Plan;

    public bool IsRollback => Step?.Phase == StepPhase.Rollback;

    public bool Succeeded => Step?.Status == StepStatus.Succeeded;

    public int Attempt => Step?.Attempt ?? HeldBack!.Attempt;

    public long? DurationMs => Step?.DurationMs;

    public string? Error => Step switch
    {
        null => RunErrors.DryRunFailed,
        { Status: StepStatus.Succeeded } => null,
        var step => step.ErrorCode ?? Literal.Of(step.Status),
    };

    public string? FailureClass => Step is { } step ? FailureClassification.Of(step, Plan) : null;

    public bool DryRunPassed => HeldBack is null;

    /// <summary>The first check that failed.</summary>
    public string? DryRunMessage => HeldBack?.Checks.FirstOrDefault(check => !check.Passed) is { } check ? $"{check.Name}: {check.Message}" : null;

    private RunDryRunRecorded? HeldBack => Event.Data as RunDryRunRecorded;

    /// <summary>Whether an event of a run tells of an operation. Waiting and verifying change nothing, and a shadow run's operations are none.</summary>
    public static bool Tells(object data, bool isShadow) =>
        !isShadow && data is RunStepFinished { Kind: "command" or "http" } or RunDryRunRecorded { Passed: false };

    /// <summary>The key of its row in <c>audit_logs</c>.</summary>
    public static string RowIdOf(DecodedEvent next) => next.Recorded.RowId(AuditStatements.Table).ToString();
}
