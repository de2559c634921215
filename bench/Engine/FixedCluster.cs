using AwoooP.Journal;
using AwoooP.Journal.Membership;
using ClusterMember = AwoooP.Journal.Membership.ClusterMember;

namespace AwoooP.Bench.Engine;

/// <summary>Who owns what, told once: the engine alone is measured, without a database.</summary>
/// <param name="lease">Null in a client.</param>
/// <param name="owned">Null in a client.</param>
internal sealed class FixedCluster(LeaseGuard? lease = null, OwnedPartitions? owned = null) : IClusterMap
{
    public event Action? Changed;

    public ClusterView Current { get; private set; } = ClusterView.Empty;

    public void Refresh()
    {
    }

    /// <param name="ownerOf">By partition.</param>
    public void Tell(IReadOnlyList<ClusterMember> members, Func<short, ClusterMember> ownerOf)
    {
        var owners = PartitionMap.All.ToDictionary(static partition => partition, partition => ownerOf(partition).SiloId);
        if (owned is not null)
        {
            var self = owned.SiloId;
            owned.Take(lease!.Incarnation!, PartitionMap.All.Where(partition => owners[partition] == self));
        }

        Current = new ClusterView(1, members, owners);
        Changed?.Invoke();
    }
}
