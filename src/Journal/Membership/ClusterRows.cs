namespace AwoooP.Journal.Membership;

/// <summary>What one look at the table found.</summary>
internal sealed record ClusterRows(long Number, IReadOnlyList<SiloRow> Silos)
{
    /// <summary>By PostgreSQL's clock, as it was compared with the leases. Null without any silo.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    public ClusterView ToView() => new(
        Number,
        [.. Silos.Select(static row => new ClusterMember(row.SiloId, row.Incarnation, row.Address, row.IsUp, row.Version, row.Leaving, !row.Alive))],
        Silos.SelectMany(static row => row.Partitions, static (row, partition) => (row.SiloId, Partition: partition))
            .ToDictionary(static owned => owned.Partition, static owned => owned.SiloId));

    /// <summary>Null when the incarnation is dead.</summary>
    public SiloRow? Find(string siloId, Incarnation incarnation) =>
        Silos.FirstOrDefault(row => row.SiloId == siloId && row.Incarnation == incarnation.Number && row.Alive);

    /// <summary>Whether partitions of a living silo may be handed to it.</summary>
    public bool TakesCalls(string siloId) => Silos.Any(row => row.SiloId == siloId && row is { IsUp: true, Leaving: false, Address: not null });

    /// <summary>What the silo should take now: what is placed there and free, and what is its own by the table but not in its memory.</summary>
    public short[] Missing(IReadOnlyDictionary<short, string> placed, SiloRow own, IReadOnlySet<short> taken, IReadOnlySet<short> moving)
    {
        var held = Held().ToHashSet();
        return [.. PlacedAt(placed, own).Where(partition => !held.Contains(partition)).Concat(own.Partitions)
            .Where(partition => !taken.Contains(partition) && !moving.Contains(partition))];
    }

    /// <summary>Whether another silo, which lives, will hand something over to this one.</summary>
    public bool IsExpecting(IReadOnlyDictionary<short, string> placed, SiloRow own) =>
        own.Address is not null && PlacedAt(placed, own).Intersect(Held()).Except(own.Partitions).Any();

    private static IEnumerable<short> PlacedAt(IReadOnlyDictionary<short, string> placed, SiloRow own) =>
        placed.Where(pair => pair.Value == own.SiloId).Select(static pair => pair.Key);

    /// <summary>Whoever has not been declared dead holds what it has, though its lease may have run out.</summary>
    private IEnumerable<short> Held() => Silos.Where(static row => row.Alive).SelectMany(static row => row.Partitions);
}

/// <param name="LeaseLeft">By PostgreSQL's clock.</param>
internal sealed record SiloRow(string SiloId, long Incarnation, int Fence, string SessionName, bool Alive, TimeSpan LeaseLeft)
{
    /// <summary>By PostgreSQL's clock. It tells one renewal from the next.</summary>
    public DateTimeOffset LeaseUntil { get; init; }

    /// <summary>How long it may act after a renewal; silos need not agree on it.</summary>
    public TimeSpan Lease { get; init; }

    public bool Leaving { get; init; }

    public string? Address { get; init; }

    public string Version { get; init; } = "";

    /// <summary>What this incarnation owns.</summary>
    public IReadOnlyList<short> Partitions { get; init; } = [];

    public bool LeaseRanOut => LeaseLeft < TimeSpan.Zero;

    public bool IsUp => Alive && !LeaseRanOut;
}
