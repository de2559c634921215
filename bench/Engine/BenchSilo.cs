using AwoooP.Journal;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Bench.Engine;

/// <summary>The embedded engine with the echo grain, one of two silos or alone.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    /// <summary>What the silos of a bench prove to each other.</summary>
    public static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(static number => (byte)number)];

    private readonly ServiceProvider _services;

    private BenchSilo(string siloId, string? address)
    {
        Cluster = new FixedCluster(siloId);
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<LeaseGuard>();
        if (address is not null)
        {
            services.AddSingleton<IClusterMap>(Cluster);
            services.AddSingleton<IPartitionOwnership>(Cluster);
            services.AddSingleton(SiloIdentity.Create(siloId, TimeProvider.System));
            services.AddSiloCluster(cluster =>
            {
                cluster.Address = address;
                cluster.Secret = Secret;
                cluster.LoopbackOnly = true;
            });
        }

        services.AddEmbeddedEngine(static engine => engine.Messages = EngineMessages.Default.Options);
        services.AddGrains(typeof(EchoGrain).Assembly);
        _services = services.BuildServiceProvider();
        // A lease that runs is checked as each answer leaves, as in the platform.
        _services.GetRequiredService<LeaseGuard>().Join(new Incarnation(1, 1), TimeProvider.System.GetTimestamp(), TimeSpan.FromHours(1));
        Grains = _services.GetRequiredService<IGrainFactory>();
    }

    public FixedCluster Cluster { get; }

    public IGrainFactory Grains { get; }

    /// <param name="address">Where it is called by the other; null when it is alone.</param>
    public static async Task<BenchSilo> StartAsync(string siloId, string? address)
    {
        var silo = new BenchSilo(siloId, address);
        foreach (var service in silo._services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return silo;
    }

    public IEchoGrain[] Echoes(int count) => [.. Enumerable.Range(0, count).Select(number => Grains.GetGrain<IEchoGrain>($"bench/{number}"))];

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
