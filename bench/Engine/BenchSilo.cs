using AwoooP.Bench.Engines;
using AwoooP.Journal;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.DependencyInjection;
using ClusterMember = AwoooP.Journal.Membership.ClusterMember;

namespace AwoooP.Bench.Engine;

/// <summary>The engine with the echo grain and without a database, one of two silos or alone.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private BenchSilo(string siloId, string? address)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(SiloIdentity.Create(siloId, TimeProvider.System));
        services.AddSingleton<LeaseGuard>();
        services.AddSingleton<OwnedPartitions>();
        services.AddSingleton<IPartitionOwnership>(static provider => provider.GetRequiredService<OwnedPartitions>());
        services.AddSingleton<FixedCluster>();
        services.AddSingleton<IClusterMap>(static provider => provider.GetRequiredService<FixedCluster>());
        services.AddEngine(siloId, address, EngineMessages.Default.Options);
        _services = services.BuildServiceProvider();
        // A lease that runs is checked as each answer leaves, as in the platform.
        var lease = _services.GetRequiredService<LeaseGuard>();
        lease.Join(new Incarnation(1, 1), lease.Clock.GetTimestamp(), TimeSpan.FromHours(1));
        Grains = _services.GetRequiredService<IGrainFactory>();
    }

    public FixedCluster Cluster => _services.GetRequiredService<FixedCluster>();

    public IGrainFactory Grains { get; }

    /// <summary>One that owns everything.</summary>
    public static async Task<BenchSilo> StartAloneAsync(string siloId)
    {
        var silo = await StartAsync(siloId, address: null);
        var self = new ClusterMember(siloId, 1, Address: null, IsAlive: true, "bench");
        silo.Cluster.Tell([self], _ => self);
        return silo;
    }

    /// <param name="address">Where it is called by the other, with which it shares what it is told next.</param>
    public static async Task<BenchSilo> StartAsync(string siloId, string? address)
    {
        var silo = new BenchSilo(siloId, address);
        await silo._services.StartAsync();
        return silo;
    }

    public IEchoGrain[] Echoes(int count) => [.. Enumerable.Range(0, count).Select(number => Grains.GetGrain<IEchoGrain>($"bench/{number}"))];

    public ValueTask DisposeAsync() => new(_services.StopAndDisposeAsync());
}
