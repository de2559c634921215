using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>Which runs are wanted; a part that is null does not filter.</summary>
/// <param name="Since">Created at or after.</param>
/// <param name="Until">Created before.</param>
public sealed record RunFilter(
    RunState? State = null,
    string? AgentId = null,
    string? Kind = null,
    string? IncidentId = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null);
