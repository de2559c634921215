namespace AwoooP.Records;

/// <summary>Which agents or policies are wanted; null does not filter.</summary>
public sealed record StandingFilter(Standing? Status = null);
