using AwoooP.Journal;
using AwoooP.Journal.Membership;

namespace AwoooP.Runtime.Cluster;

/// <summary>Where a grain belongs: to the silo that owns the partition of its key.</summary>
internal sealed class Placement
{
    private static readonly IReadOnlySet<short> None = new HashSet<short>();

    private readonly IPartitionOwnership? _ownership;
    private readonly IClusterMap _map;
    private readonly Lock _gate = new();
    private volatile IReadOnlySet<short> _leaving = None;

    /// <param name="ownership">Null in a process that is no silo: nothing is here.</param>
    public Placement(IClusterMap map, IPartitionOwnership? ownership = null)
    {
        _map = map;
        _ownership = ownership;
        if (ownership is not null)
            ownership.Changed += () => Change(leaving => leaving.Where(ownership.HasTaken));
    }

    public static short PartitionOf(string grainType, string key) => PartitionMap.Of(new AggregateId(grainType, key));

    public Site Locate(string grainType, string key)
    {
        var partition = PartitionOf(grainType, key);
        if (_leaving.Contains(partition))
            return Site.Nowhere;

        // Also while the lease has run out: then the grains say so themselves, and nobody waits for what may not come back.
        if (_ownership is not null && _ownership.HasTaken(partition))
            return Site.Here;

        // A map that names this silo is older than what the silo knows of itself.
        return _map.Current.OwnerOf(partition) is { Address: not null } owner && owner.SiloId != _ownership?.SiloId
            ? new Site(SiteKind.Elsewhere, owner)
            : Site.Nowhere;
    }

    /// <summary>What memory that is loaded now may be told as; null when it may not be told at all, or when there is no cluster to ask.</summary>
    public PartitionTenure? TenureOf(string grainType, string key) => _ownership?.TenureOf(PartitionOf(grainType, key));

    /// <summary>From here on nothing is activated for these partitions, until they were taken anew.</summary>
    public void Leave(IReadOnlySet<short> partitions) => Change(leaving => leaving.Concat(partitions));

    /// <summary>They stay after all.</summary>
    public void Keep(IReadOnlySet<short> partitions) => Change(leaving => leaving.Except(partitions));

    private void Change(Func<IReadOnlySet<short>, IEnumerable<short>> change)
    {
        lock (_gate)
            _leaving = change(_leaving).ToHashSet();
    }
}
