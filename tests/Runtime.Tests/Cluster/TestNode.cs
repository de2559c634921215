using System.Collections.Concurrent;
using System.Reflection;
using AwoooP.Journal;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>One silo of a test, or one client: a real engine and real sockets, and a map that the test draws.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(static number => (byte)number)];

    private readonly ServiceProvider _services;

    private TestNode(string siloId, Action<EngineOptions>? configure, Action<ClusterOptions>? connect, Assembly? grains, TimeProvider? time, bool isClient)
    {
        Map = new TestMap(siloId);
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(Diary);
        services.AddSingleton(new ScriptLifecycle());
        services.AddSingleton<IClusterMap>(Map);
        if (isClient)
        {
            services.AddClusterClient(siloId, Connect);
        }
        else
        {
            services.AddSingleton<IPartitionOwnership>(Map);
            services.AddSingleton(SiloIdentity.Create(siloId, TimeProvider.System));
            services.AddSingleton<LeaseGuard>();
            services.AddSiloCluster(Connect);
        }

        services.AddEmbeddedEngine(engine =>
        {
            engine.Messages = ScriptMessages.Options;
            engine.ContextTypes["carried"] = typeof(string);
            engine.PromisedFaults = [new GrainFault("test.promised", typeof(PromisedException), static message => new PromisedException(message), SaysNotDone: true)];
            engine.IsRepeatable = static get => get("carried") is "repeatable";
            configure?.Invoke(engine);
        });
        services.AddGrains(grains ?? typeof(TestNode).Assembly);
        _services = services.BuildServiceProvider(validateScopes: true);
        if (_services.GetService<LeaseGuard>() is { } lease)
            lease.Join(new Incarnation(1, 1), lease.Clock.GetTimestamp(), TimeSpan.FromHours(1));
        Engine = _services.GetRequiredService<EmbeddedEngine>();
        Peers = _services.GetRequiredService<Peers>();
        SiloId = siloId;

        void Connect(ClusterOptions cluster)
        {
            cluster.Address = "127.0.0.1:0";
            cluster.Secret = Secret;
            cluster.LoopbackOnly = true;
            // A busy machine must not look like a dead one.
            cluster.HandshakeTimeout = cluster.PingTimeout = TestSilo.Patience;
            connect?.Invoke(cluster);
        }
    }

    public string SiloId { get; }

    public TestMap Map { get; }

    public EmbeddedEngine Engine { get; }

    public Peers Peers { get; }

    public IPartitionRelease Release => _services.GetRequiredService<IPartitionRelease>();

    /// <summary>What grains noted here.</summary>
    public ConcurrentQueue<string> Diary { get; } = new();

    public ClusterMember Member => new(SiloId, 1, _services.GetRequiredService<SiloListener>().Address, IsAlive: true, "test");

    public static Task<TestNode> StartAsync(
        string siloId, Action<EngineOptions>? configure = null, Action<ClusterOptions>? connect = null, Assembly? grains = null, TimeProvider? time = null) =>
        StartAsync(new TestNode(siloId, configure, connect, grains, time, isClient: false));

    /// <summary>A process that calls the silos' grains and hosts none.</summary>
    public static Task<TestNode> StartClientAsync(
        string clientId, Action<EngineOptions>? configure = null, Action<ClusterOptions>? connect = null, TimeProvider? time = null) =>
        StartAsync(new TestNode(clientId, configure, connect, grains: null, time, isClient: true));

    /// <summary>Each of them learns that the grain is at the owner, the owner first; null for nobody.</summary>
    public static void Place(string key, TestNode? owner, params IEnumerable<TestNode> nodes)
    {
        owner?.Map.Learn(key, owner.Member);
        foreach (var node in nodes.Where(node => node != owner))
            node.Map.Learn(key, owner?.Member);
    }

    public IScriptGrain Grain(string key) => Engine.GetGrain<IScriptGrain>(key);

    /// <summary>In reverse, as a host does.</summary>
    public async Task StopAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
    }

    /// <summary>Cuts all connections, as a process that dies does.</summary>
    public void CutLinks()
    {
        foreach (var link in Peers.All)
            link.Abort(new LinkLostException("The test cut it."));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task<TestNode> StartAsync(TestNode node)
    {
        foreach (var service in node._services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return node;
    }
}
