using AwoooP.Journal.Membership;
using AwoooP.Runtime.Hosting;

namespace AwoooP.Runtime.Cluster;

/// <summary>Before partitions move, their grains end what they do and are deactivated; calls that still come wait for the new owner.</summary>
internal sealed class PartitionRelease(EmbeddedEngine engine, ClusterParts cluster) : IPartitionRelease
{
    /// <summary>Partitions that are empty by then need not wait for those that are not.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromMilliseconds(200);

    public async Task<IReadOnlySet<short>> ReleaseAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        cluster.Placement.Leave(partitions, cancellationToken);
        await engine.MoveAsync(partitions, GracePeriod, cancellationToken);

        // Whoever activated something meanwhile is either seen by the second look, or sees that nothing comes there any more.
        var empty = partitions.Except(engine.OccupiedPartitions()).ToHashSet();
        cluster.Placement.Close(empty, cancellationToken);
        var occupied = empty.Intersect(engine.OccupiedPartitions()).ToList();
        cluster.Placement.Leave(occupied, cancellationToken);
        empty.ExceptWith(occupied);
        return empty;
    }

    public void Kept(IReadOnlySet<short> partitions)
    {
        cluster.Placement.Keep(partitions);
        cluster.Router.Unpark();
    }
}
