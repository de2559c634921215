namespace AwoooP.Records;

/// <summary>Which keys are wanted; null does not filter.</summary>
public sealed record OperatorKeyFilter(string? OperatorId = null, bool? Revoked = null);
