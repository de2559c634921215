namespace AwoooP.Runs;

/// <summary>One try of one step.</summary>
/// <param name="Output">Only its beginning, since a snapshot is bounded; the whole is in the event and the step journal.</param>
public sealed record StepRecord(
    int StepNo,
    int Attempt,
    StepPhase Phase,
    string Kind,
    string Name,
    Guid ToolCallId,
    DateTimeOffset StartedAt,
    StepStatus Status,
    string? Output = null,
    string? ErrorCode = null,
    DateTimeOffset? FinishedAt = null);
