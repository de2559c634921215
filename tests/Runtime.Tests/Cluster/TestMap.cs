using AwoooP.Journal;
using AwoooP.Journal.Membership;
using Npgsql;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Who owns what, as the test says; each silo may be told at another time.</summary>
internal sealed class TestMap(string self) : IClusterMap, IPartitionOwnership
{
    private readonly Dictionary<short, ClusterMember> _owners = [];
    private readonly Dictionary<short, PartitionTenure> _tenures = [];
    private readonly List<ClusterMember> _dead = [];
    private Action? _ownershipChanged;
    private long _number;

    public event Action? Changed;

    event Action? IPartitionOwnership.Changed
    {
        add => _ownershipChanged += value;
        remove => _ownershipChanged -= value;
    }

    public ClusterView Current { get; private set; } = ClusterView.Empty;

    public int Generation => PartitionMap.Generation;

    public IReadOnlySet<short> Owned { get; private set; } = new HashSet<short>();

    /// <summary>How often the map was asked to look again.</summary>
    public int Refreshes { get; private set; }

    public string SiloId => self;

    public PartitionTenure? TenureOf(short partition) => _tenures.GetValueOrDefault(partition);

    public bool HasTaken(short partition) => Owned.Contains(partition);

    public bool Contains(short partition) => Owned.Contains(partition);

    public void Refresh() => Refreshes++;

    /// <summary>From now on this silo believes that the key is at that one; null for nobody.</summary>
    public void Learn(string key, ClusterMember? owner, string grainType = "script")
    {
        var partition = PartitionMap.Of(new AggregateId(grainType, key));
        _owners.Remove(partition);
        if (owner is not null)
            _owners[partition] = owner;
        Owned = _owners.Where(owned => owned.Value.SiloId == self).Select(static owned => owned.Key).ToHashSet();
        Own(partition, owner?.SiloId == self);
        Publish();
    }

    /// <summary>From now on this silo believes that the other one is no more; what it had is nobody's.</summary>
    public void DeclareDead(ClusterMember member)
    {
        foreach (var (partition, _) in _owners.Where(owned => owned.Value.SiloId == member.SiloId).ToList())
            _owners.Remove(partition);
        _dead.Add(member with { IsAlive = false, IsDead = true });
        Publish();
    }

    private void Publish()
    {
        Current = new ClusterView(++_number, [.. _owners.Values.Concat(_dead).DistinctBy(static member => member.SiloId)], _owners.ToDictionary(static owned => owned.Key, static owned => owned.Value.SiloId));
        _ownershipChanged?.Invoke();
        Changed?.Invoke();
    }

    private void Own(short partition, bool isOwned)
    {
        if (isOwned)
        {
            _tenures.TryAdd(partition, new PartitionTenure(partition, new Incarnation(1, 1)));
        }
        else if (_tenures.Remove(partition, out var tenure))
        {
            tenure.End();
        }
    }

    public NpgsqlBatchCommand CreateFenceCommand() => throw new NotSupportedException();

    public NpgsqlBatchCommand CreateEpochCommand(short[] partitions) => throw new NotSupportedException();

    public bool IsFenced(PostgresException fault) => false;
}
