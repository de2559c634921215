using AwoooP.Journal;
using AwoooP.Journal.Membership;
using Npgsql;

namespace AwoooP.Bench.Engine;

/// <summary>Who owns what, told once: the engine alone is measured, without a database.</summary>
internal sealed class FixedCluster(string self) : IClusterMap, IPartitionOwnership
{
    private readonly PartitionTenure?[] _tenures = new PartitionTenure?[PartitionMap.Count];

    public event Action? Changed;

    public ClusterView Current { get; private set; } = ClusterView.Empty;

    public int Generation => PartitionMap.Generation;

    public string SiloId => self;

    public IReadOnlySet<short> Owned => _tenures.OfType<PartitionTenure>().Select(static tenure => tenure.Partition).ToHashSet();

    public bool Contains(short partition) => _tenures[partition] is not null;

    public bool HasTaken(short partition) => _tenures[partition] is not null;

    public PartitionTenure? TenureOf(short partition) => _tenures[partition];

    public void Refresh()
    {
    }

    /// <param name="ownerOf">By partition.</param>
    public void Tell(IReadOnlyList<ClusterMember> members, Func<short, ClusterMember> ownerOf)
    {
        var partitions = PartitionMap.All;
        foreach (var partition in partitions.Where(partition => ownerOf(partition).SiloId == self))
            _tenures[partition] = new PartitionTenure(partition, new Incarnation(1, 1));
        Current = new ClusterView(1, members, partitions.ToDictionary(static partition => partition, partition => ownerOf(partition).SiloId));
        Changed?.Invoke();
    }

    public NpgsqlBatchCommand CreateFenceCommand() => throw new NotSupportedException();

    public NpgsqlBatchCommand CreateEpochCommand(short[] partitions) => throw new NotSupportedException();

    public bool IsFenced(PostgresException fault) => false;
}
