using System.Text.Json;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>One step of one attempt of a run, as the API answers it.</summary>
public sealed record StepRow
{
    public required int StepNo { get; init; }
    public required int Attempt { get; init; }
    public required StepPhase Phase { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public required StepStatus Status { get; init; }
    public required JsonElement? Input { get; init; }
    public required string? Output { get; init; }
    public required string? ErrorCode { get; init; }
    public required Guid? ToolCallId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset? FinishedAt { get; init; }
    public required long? DurationMs { get; init; }
}
