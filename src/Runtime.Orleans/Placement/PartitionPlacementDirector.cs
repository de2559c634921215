using Orleans.Runtime.Placement;

namespace AwoooP.Runtime.Placement;

/// <summary>
/// Chooses for calls that found no owner at once: it waits, for as long as a call may be parked, until a silo owns the partition and Orleans
/// has heard of that silo.
/// </summary>
internal sealed class PartitionPlacementDirector(PartitionSites sites, IClusterMembershipService members, OrleansEngineOptions options, TimeProvider time)
    : IPlacementDirector
{
    public async Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var changed = sites.Changed;
            if (sites.Find(target.GrainIdentity) is { } site && IsKnown(site))
                return site;
            if (time.GetElapsedTime(begun) > options.ParkLimit)
                throw new GrainUnplacedException(target.GrainIdentity);
            await sites.WaitForChangeAsync(changed, time);
        }
    }

    private bool IsKnown(SiloAddress site) => site.Equals(sites.Local) || members.CurrentSnapshot.GetSiloStatus(site) == SiloStatus.Active;
}
