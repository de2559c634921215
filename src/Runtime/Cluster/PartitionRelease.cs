using AwoooP.Journal.Membership;
using AwoooP.Runtime.Hosting;

namespace AwoooP.Runtime.Cluster;

/// <summary>Before partitions move, their grains end what they do and are deactivated; calls that still come wait for the new owner.</summary>
internal sealed class PartitionRelease(EmbeddedEngine engine, ClusterParts cluster) : IPartitionRelease
{
    public Task ReleaseAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        cluster.Placement.Leave(partitions);
        return engine.MoveAsync(id => partitions.Contains(Placement.PartitionOf(id.Type, id.Key)), cancellationToken);
    }

    public void Kept(IReadOnlySet<short> partitions)
    {
        cluster.Placement.Keep(partitions);
        cluster.Router.Unpark();
    }
}
