namespace AwoooP.Journal.Reports;

/// <param name="Partitions">Those that it owns, or had when it died and nobody took over yet; ascending.</param>
/// <param name="LeaseLeft">Until others may take over; zero when they may, or have.</param>
/// <param name="Report">Null before the first of this incarnation, and once it is dead.</param>
public sealed record ClusterSilo(
    string SiloId, long Incarnation, SiloState State, string? Address, string Version, IReadOnlyList<short> Partitions, TimeSpan LeaseLeft,
    SiloReport? Report, DateTimeOffset? ReportedAt);
