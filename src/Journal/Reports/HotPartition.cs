namespace AwoooP.Journal.Reports;

/// <param name="CommitsPerSecond">Commits that became durable.</param>
public sealed record HotPartition(short Partition, double CommitsPerSecond);
