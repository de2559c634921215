namespace AwoooP.Records;

/// <summary>Which holds are wanted; null does not filter.</summary>
public sealed record LegalHoldFilter(bool? Open = null);
