namespace AwoooP.Journal.Reports;

/// <param name="Partitions">How many it owns.</param>
/// <param name="LeaseLeft">Until others may take over; zero when they may, or have.</param>
/// <param name="Report">Null before the first of this incarnation, and once it is dead.</param>
public sealed record ClusterSilo(
    string SiloId, long Incarnation, SiloState State, string? Address, string Version, int Partitions, TimeSpan LeaseLeft, SiloReport? Report,
    DateTimeOffset? ReportedAt);
