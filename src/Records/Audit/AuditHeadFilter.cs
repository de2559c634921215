namespace AwoooP.Records;

/// <summary>Which heads are wanted; a part that is null does not filter.</summary>
/// <param name="Since">Signed at or after.</param>
/// <param name="Until">Signed before.</param>
public sealed record AuditHeadFilter(DateTimeOffset? Since = null, DateTimeOffset? Until = null);
