using AwoooP.Bench.Engines;
using AwoooP.Journal;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.DependencyInjection;
using ClusterMember = AwoooP.Journal.Membership.ClusterMember;

namespace AwoooP.Bench.Engine;

/// <summary>The engine with the echo grain and without a database: one of two silos, alone, or a client of one.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private BenchSilo(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<FixedCluster>();
        services.AddSingleton<IClusterMap>(static provider => provider.GetRequiredService<FixedCluster>());
        add(services);
        _services = services.BuildServiceProvider();
        // A lease that runs is checked as each answer leaves, as in the platform.
        if (_services.GetService<LeaseGuard>() is { } lease)
            lease.Join(new Incarnation(1, 1), lease.Clock.GetTimestamp(), TimeSpan.FromHours(1));
        Grains = _services.GetRequiredService<IGrainFactory>();
    }

    public FixedCluster Cluster => _services.GetRequiredService<FixedCluster>();

    public IGrainFactory Grains { get; }

    /// <summary>One that owns everything.</summary>
    /// <param name="address">Null when nobody can call it.</param>
    public static async Task<BenchSilo> StartAloneAsync(string siloId, string? address = null)
    {
        var silo = await StartAsync(siloId, address);
        var self = new ClusterMember(siloId, 1, address, IsAlive: true, "bench");
        silo.Cluster.Tell([self], _ => self);
        return silo;
    }

    /// <param name="address">Where it is called by the other, with which it shares what it is told next.</param>
    public static Task<BenchSilo> StartAsync(string siloId, string? address) => StartAsync(services =>
    {
        services.AddSingleton(SiloIdentity.Create(siloId, TimeProvider.System));
        services.AddSingleton<LeaseGuard>();
        services.AddSingleton<OwnedPartitions>();
        services.AddSingleton<IPartitionOwnership>(static provider => provider.GetRequiredService<OwnedPartitions>());
        services.AddEngine(siloId, address, EngineMessages.Default.Options);
    });

    /// <summary>It owns nothing, whatever it is told.</summary>
    public static Task<BenchSilo> StartClientAsync(string clientId) =>
        StartAsync(services => services.AddEngineClient(clientId, EngineMessages.Default.Options));

    public IEchoGrain[] Echoes(int count) => [.. Enumerable.Range(0, count).Select(number => Grains.GetGrain<IEchoGrain>($"bench/{number}"))];

    public ValueTask DisposeAsync() => new(_services.StopAndDisposeAsync());

    private static async Task<BenchSilo> StartAsync(Action<IServiceCollection> add)
    {
        var silo = new BenchSilo(add);
        await silo._services.StartAsync();
        return silo;
    }
}
