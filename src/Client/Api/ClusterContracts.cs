using AwoooP.Journal.Reports;

namespace AwoooP.Client.Api;

/// <summary>The silos, and what each owns.</summary>
/// <param name="Number">Rises when a silo joins, leaves or is declared dead, and when a partition changes hands.</param>
/// <param name="Lease">How long a silo that fell silent keeps its partitions.</param>
/// <param name="UnownedPartitions">Those that no living silo owns; calls for them wait.</param>
public sealed record ClusterReport(long Number, TimeSpan Lease, int Partitions, int UnownedPartitions, IReadOnlyList<ClusterSiloReport> Silos);

/// <param name="State">alive, leaving, expired or dead.</param>
/// <param name="Address">Where other silos reach it; null when it takes no calls from them.</param>
/// <param name="PartitionsOwned">Which they are, ascending, as ranges: <c>0-41, 77</c>. Empty when it owns none.</param>
/// <param name="Activations">Grains in its memory. This and what follows are told by the silo itself; null before it first did, and once it is dead.</param>
/// <param name="HotGrains">The busiest, at most ten. Those of other projects are shown by their type alone.</param>
/// <param name="HotPartitions">Those that are written most, at most ten.</param>
public sealed record ClusterSiloReport(
    string SiloId, long Incarnation, string State, string? Address, string Version, int Partitions, string PartitionsOwned,
    long LeaseLeftMs, IReadOnlyList<GrainCount>? Activations, IReadOnlyList<HotGrain>? HotGrains, IReadOnlyList<HotPartition>? HotPartitions,
    DateTimeOffset? ReportedAt);
