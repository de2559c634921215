using AwoooP.Journal;
using AwoooP.Journal.Membership;

namespace AwoooP.Runtime.Cluster;

/// <summary>
/// Which silo runs a stateless worker for a process that hosts none. Any can. The keys are spread over the silos by rendezvous hashing, so that calls
/// of one key come to one silo, in their order, for as long as that silo is there, and a silo that comes or goes moves few keys.
/// </summary>
internal sealed class WorkerSites(IClusterMap map, Func<string, bool> isDown)
{
    private volatile Candidates _known = new(ClusterView.Empty, []);

    /// <returns>One that could be reached, if there is any; null when no silo takes calls.</returns>
    public ClusterMember? Choose(string key)
    {
        var place = Placement.PartitionOf("worker", key);
        return Current().MinBy(member => (isDown(member.SiloId), uint.MaxValue - Weight(member.SiloId, place)));
    }

    private ClusterMember[] Current()
    {
        var view = map.Current;
        var known = _known;
        if (!ReferenceEquals(known.View, view))
            _known = known = new Candidates(view, Find(view));
        return known.Members;
    }

    /// <summary>A silo that owns nothing has only just come, or is about to go; it is taken where there is no other.</summary>
    private static ClusterMember[] Find(ClusterView view)
    {
        ClusterMember[] reachable = [.. view.Members.Where(static member => member is { IsAlive: true, IsLeaving: false, Address: not null })];
        var owners = PartitionMap.All.Select(partition => view.OwnerOf(partition)?.SiloId).ToHashSet();
        ClusterMember[] settled = [.. reachable.Where(member => owners.Contains(member.SiloId))];
        return settled.Length > 0 ? settled : reachable;
    }

    private static uint Weight(string siloId, short place)
    {
        var weight = (WireName.Of(siloId) ^ (uint)place) * 0x9E3779B1u;
        weight ^= weight >> 15;
        weight *= 0x85EBCA6Bu;
        return weight ^ (weight >> 13);
    }

    private sealed record Candidates(ClusterView View, ClusterMember[] Members);
}
