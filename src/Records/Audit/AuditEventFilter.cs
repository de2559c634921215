namespace AwoooP.Records;

/// <summary>Which acts are wanted; a part that is null does not filter.</summary>
/// <param name="ObjectId">Of an incident, an approval and so on.</param>
/// <param name="Since">At or after.</param>
/// <param name="Until">Before.</param>
public sealed record AuditEventFilter(
    string? Actor = null,
    string? Act = null,
    AuditOutcome? Outcome = null,
    string? ObjectId = null,
    DateTimeOffset? Since = null,
    DateTimeOffset? Until = null);
