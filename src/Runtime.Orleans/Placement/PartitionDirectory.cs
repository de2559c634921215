using System.Diagnostics.CodeAnalysis;
using Orleans.GrainDirectory;
using Orleans.Runtime.GrainDirectory;

namespace AwoooP.Runtime.Placement;

/// <summary>
/// Orleans' directory of grains, computed in place of kept: a grain is at the silo that owns its partition, by the journal's map.
/// A call that comes with an old map to a silo that is not the owner ends its activation before it loads, and goes on to the owner.
/// </summary>
internal sealed class PartitionDirectory(PartitionSites sites) : IGrainDirectory, IGrainDirectoryCache
{
    /// <summary>Nothing is cached, so nothing is to be told.</summary>
    public IEnumerable<(GrainAddress ActivationAddress, int Version)> KeyValues => [];

    /// <summary>Null while nobody owns the partition: the calls are addressed anew, and wait there.</summary>
    public Task<GrainAddress?> Register(GrainAddress address) =>
        Task.FromResult(sites.Find(address.GrainId) is not { } site ? null : site.Equals(address.SiloAddress) ? address : At(address.GrainId, site));

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(sites.Find(grainId) is { } site ? At(grainId, site) : null);

    public bool LookUp(GrainId key, [NotNullWhen(true)] out GrainAddress? result, out int version)
    {
        version = 0;
        result = sites.Find(key) is { } site ? At(key, site) : null;
        return result is not null;
    }

    public void AddOrUpdate(GrainAddress value, int version)
    {
    }

    public bool Remove(GrainId key) => false;

    public bool Remove(GrainAddress key) => false;

    public void Clear()
    {
    }

    private static GrainAddress At(GrainId id, SiloAddress site) => new() { GrainId = id, SiloAddress = site };
}
