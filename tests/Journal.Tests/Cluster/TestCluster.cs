using AwoooP.Journal.Local;
using AwoooP.Journal.Membership;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Cluster;

/// <summary>Several silos' journals in one process, on one database.</summary>
internal sealed class TestCluster(PostgresEndpoints endpoints) : IAsyncDisposable
{
    private readonly Dictionary<string, JournalHost> _silos = [];

    public JournalHost this[string silo] => _silos[silo];

    public async Task<JournalHost> StartAsync(
        string silo, TimeSpan? lease = null, TimeSpan? releaseTimeout = null, Action<IServiceCollection>? register = null)
    {
        var host = await JournalHost.StartAsync(
            endpoints,
            options =>
            {
                options.SiloId = silo;
                options.Address = $"{silo}:1";
                options.Lease = lease ?? TimeSpan.FromSeconds(10);
                options.ReleaseTimeout = releaseTimeout ?? options.ReleaseTimeout;
            },
            register);
        lock (_silos)
            _silos.Add(silo, host);
        return host;
    }

    public async Task StopAsync(string silo)
    {
        var host = _silos[silo];
        lock (_silos)
            _silos.Remove(silo);
        await host.DisposeAsync();
    }

    /// <summary>Where the partition is owned at this moment; null in the middle of its move.</summary>
    public IJournal? JournalOf(short partition)
    {
        lock (_silos)
            return _silos.Values.FirstOrDefault(host => OwnedBy(host).Contains(partition))?.Journal;
    }

    public Task UntilSharedAsync() => Eventually.BecomesTrueAsync(IsShared, "the partitions are shared by the silos, and all know it");

    public static OwnedPartitions OwnedBy(JournalHost host) => host.Services.GetRequiredService<OwnedPartitions>();

    /// <summary>The partitions of which two silos believe, for longer than a look takes, that they may write them.</summary>
    public IReadOnlyList<short> FindOwnedTwice()
    {
        List<JournalHost> silos;
        lock (_silos)
            silos = [.. _silos.Values];
        var twice = new List<short>();
        for (short partition = 0; partition < PartitionMap.Count; partition++)
        {
            // The first of two tenures that lasts until the second was seen overlaps with it.
            var tenures = silos.Select(host => (Owned: OwnedBy(host), Tenure: OwnedBy(host).TenureOf(partition))).Where(own => own.Tenure is not null).ToList();
            if (tenures.Count > 1 && tenures.Count(own => own.Owned.Covers(own.Tenure)) > 1)
                twice.Add(partition);
        }

        return twice;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.Keys.ToList())
            await StopAsync(silo);
    }

    private bool IsShared()
    {
        var silos = _silos.Values.ToList();
        var share = (PartitionMap.Count + silos.Count - 1) / silos.Count;
        return silos.Sum(host => OwnedBy(host).Owned.Count) == PartitionMap.Count
            && silos.TrueForAll(host => OwnedBy(host).Owned.Count <= share)
            && silos.TrueForAll(host => OwnedBy(host).Owned.All(
                partition => silos.TrueForAll(other => other.Services.GetRequiredService<IClusterMap>().Current.OwnerOf(partition)?.Address
                    == $"{host.Services.GetRequiredService<SiloIdentity>().SiloId}:1")));
    }
}
