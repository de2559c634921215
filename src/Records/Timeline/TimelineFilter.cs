namespace AwoooP.Records;

/// <summary>Which lines are wanted; a part that is null does not filter.</summary>
/// <param name="Since">Happened at or after.</param>
/// <param name="Until">Happened before.</param>
public sealed record TimelineFilter(string? IncidentId = null, string? ApprovalId = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null);
