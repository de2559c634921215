using System.Collections.Concurrent;
using System.Collections.Frozen;
using AwoooP.Journal;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Membership;

namespace AwoooP.Runtime.Placement;

/// <summary>Where a grain belongs: at the silo that owns the partition of its key.</summary>
internal sealed class PartitionSites
{
    /// <summary>Orleans' own view of the silos changes without a word to us.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly IClusterMap _map;
    private readonly IPartitionOwnership _ownership;
    private readonly SiloAddress _local;
    private readonly ConcurrentDictionary<GrainType, string> _names = new();
    private readonly Lock _gate = new();
    private volatile IReadOnlySet<short> _leaving = FrozenSet<short>.Empty;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PartitionSites(IClusterMap map, IPartitionOwnership ownership, ILocalSiloDetails local)
    {
        _map = map;
        _ownership = ownership;
        _local = local.SiloAddress;
        map.Changed += Tell;
        ownership.Changed += () => Change(leaving => leaving.Where(ownership.HasTaken));
    }

    public SiloAddress Local => _local;

    /// <summary>Done at the next change of what belongs where. Taken before a look, and waited for after one that found nobody.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Whoever found nobody looked at a map that may be old: it is read anew, and looked at again soon.</summary>
    public Task WaitForChangeAsync(Task changed, TimeProvider time)
    {
        _map.Refresh();
        return Task.WhenAny(changed, Task.Delay(RetryInterval, time));
    }

    public short PartitionOf(GrainId id) =>
        PartitionMap.Of(new AggregateId(_names.GetOrAdd(id.Type, static type => type.ToString()!), id.Key.ToString()!));

    /// <summary>Null while nobody owns the partition, or it is being handed over.</summary>
    public SiloAddress? Find(GrainId id)
    {
        var partition = PartitionOf(id);
        if (_leaving.Contains(partition))
            return null;

        // Also while the lease has run out: then the grains say so themselves, and nobody waits for what may not come back.
        if (_ownership.HasTaken(partition))
            return _local;

        // A map that names this silo is older than what the silo knows of itself.
        return _map.Current.OwnerOf(partition) is { } owner && owner.SiloId != _ownership.SiloId && MemberAddress.TryGet(owner, out var address)
            ? address
            : null;
    }

    /// <summary>What memory that is loaded now may be told as; null when it may not be told at all.</summary>
    public PartitionTenure? TenureOf(GrainId id) => _ownership.TenureOf(PartitionOf(id));

    /// <summary>Whether it belongs here and nothing may be told of it all the same: the silo's lease has run out.</summary>
    public bool IsWithoutLease(GrainId id) => _ownership.HasTaken(PartitionOf(id)) && TenureOf(id) is null;

    /// <summary>From here on nothing is activated for these partitions, until they were taken anew.</summary>
    public void Leave(IReadOnlySet<short> partitions) => Change(leaving => leaving.Concat(partitions));

    /// <summary>They stay after all.</summary>
    public void Keep(IReadOnlySet<short> partitions) => Change(leaving => leaving.Except(partitions));

    private void Change(Func<IReadOnlySet<short>, IEnumerable<short>> change)
    {
        lock (_gate)
            _leaving = change(_leaving).ToHashSet();
        Tell();
    }

    private void Tell() =>
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
