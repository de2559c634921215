namespace AwoooP.Records;

/// <summary>Which operations are wanted; a part that is null does not filter.</summary>
/// <param name="Since">Ended at or after.</param>
/// <param name="Until">Ended before.</param>
public sealed record AuditFilter(string? ApprovalId = null, bool? Success = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null);
