namespace AwoooP.Journal.Reports;

/// <summary>How many grains of a type are in the silo's memory.</summary>
public sealed record GrainCount(string GrainType, int Count);
