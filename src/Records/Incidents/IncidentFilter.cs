using AwoooP.Alerts;
using AwoooP.Incidents;

namespace AwoooP.Records;

/// <summary>Which incidents are wanted; a part that is null does not filter.</summary>
/// <param name="Since">Created at or after.</param>
/// <param name="Until">Created before.</param>
public sealed record IncidentFilter(
    IncidentStatus? Status = null,
    Severity? Severity = null,
    string? Category = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null);
