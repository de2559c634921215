namespace AwoooP.Journal.Reports;

/// <param name="Number">That of <see cref="Membership.ClusterView"/>.</param>
/// <param name="Lease">Of the silo that was asked.</param>
/// <param name="Partitions">All that there are.</param>
/// <param name="UnownedPartitions">Those that no living silo owns.</param>
/// <param name="Silos">Every silo that ever joined, by name.</param>
public sealed record ClusterStatus(long Number, TimeSpan Lease, int Partitions, int UnownedPartitions, IReadOnlyList<ClusterSilo> Silos);
