using AwoooP.Journal;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Calls;

namespace AwoooP.Runtime.Cluster;

/// <summary>Where a grain belongs: to the silo that owns the partition of its key.</summary>
internal sealed class Placement
{
    private readonly IPartitionOwnership? _ownership;
    private readonly IClusterMap _map;
    private readonly Lock _gate = new();
    // By partition; replaced as a whole.
    private volatile Phase[] _phases = new Phase[PartitionMap.Count];

    /// <param name="ownership">Null in a process that is no silo: nothing is here.</param>
    public Placement(IClusterMap map, IPartitionOwnership? ownership = null)
    {
        _map = map;
        _ownership = ownership;
        if (ownership is not null)
            ownership.Changed += Follow;
    }

    /// <summary>What is owned has changed: memory of what is not any more is of no use.</summary>
    public event Action? OwnershipChanged;

    private enum Phase : byte
    {
        /// <summary>As long as the partition is owned.</summary>
        Open,

        /// <summary>It is about to leave: nothing new begins, but for what the end of something else waits for.</summary>
        Leaving,

        /// <summary>Nothing is there any more, and nothing comes.</summary>
        Closed,
    }

    /// <summary>Whether this process is no silo, so that every grain is elsewhere, stateless workers too.</summary>
    public bool IsClient => _ownership is null;

    public static short PartitionOf(string grainType, string key) => PartitionMap.Of(new AggregateId(grainType, key));

    public Site Locate(short partition)
    {
        if (PhaseOf(partition) != Phase.Open)
            return Site.Nowhere;

        // Also while the lease has run out: then the grains say so themselves, and nobody waits for what may not come back.
        if (_ownership is not null && _ownership.HasTaken(partition))
            return Site.Here;

        // A map that names this silo is older than what the silo knows of itself.
        return _map.Current.OwnerOf(partition) is { Address: not null } owner && owner.SiloId != _ownership?.SiloId
            ? new Site(SiteKind.Elsewhere, owner)
            : Site.Nowhere;
    }

    public Site Locate(Request request) =>
        PhaseOf(request.Partition) == Phase.Leaving && request.IsAwaitedByLeaving && _ownership!.HasTaken(request.Partition)
            ? Site.Here
            : Locate(request.Partition);

    /// <summary>What memory that is loaded now may be told as; null when it may not be told at all, or when there is no cluster to ask.</summary>
    public PartitionTenure? TenureOf(string grainType, string key) => _ownership?.TenureOf(PartitionOf(grainType, key));

    /// <summary>From here on nothing new is activated for these partitions, until they were taken anew.</summary>
    /// <exception cref="OperationCanceledException">
    /// Nobody waits for this release any more, and it has changed nothing: they may have been given away, taken anew or kept by now.
    /// </exception>
    public void Leave(IEnumerable<short> partitions, CancellationToken cancellationToken) => Change(partitions, Phase.Leaving, cancellationToken);

    /// <summary>From here on nothing at all is.</summary>
    /// <inheritdoc cref="Leave" path="/exception"/>
    public void Close(IEnumerable<short> partitions, CancellationToken cancellationToken) => Change(partitions, Phase.Closed, cancellationToken);

    /// <summary>They stay after all.</summary>
    public void Keep(IEnumerable<short> partitions) => Change(partitions, Phase.Open, CancellationToken.None);

    private Phase PhaseOf(short partition) => _phases[partition];

    private void Follow()
    {
        Change(PartitionMap.All.Where(partition => !_ownership!.HasTaken(partition)), Phase.Open, CancellationToken.None);
        OwnershipChanged?.Invoke();
    }

    private void Change(IEnumerable<short> partitions, Phase phase, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // In the lock: what is changed after the token was cancelled comes after this, and counts.
            cancellationToken.ThrowIfCancellationRequested();
            Phase[] phases = [.. _phases];
            foreach (var partition in partitions)
                phases[partition] = phase;
            _phases = phases;
        }
    }
}
