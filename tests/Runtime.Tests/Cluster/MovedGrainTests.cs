using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AwoooP.Journal;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Hosting;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Runtime.Tests.Cluster;

/// <summary>Silos and a client that follow the tables of a database, as they do in production: what has moved is found, and then known.</summary>
public sealed class MovedGrainTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(static number => (byte)number)];

    /// <summary>The longest that may be set: within the test the client looks when it is told to, and not before.</summary>
    private static readonly TimeSpan OfItsOwnAccord = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Call_AfterAMove_IsSentOnOnceAndTheNextOneGoesStraight()
    {
        await using var first = await StartSiloAsync("silo-1");
        await Eventually.BecomesTrueAsync(() => Owned(first).Count == PartitionMap.Count, "the first silo owns everything");
        await using var client = CreateClient();
        foreach (var service in client.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        var known = client.GetRequiredService<IClusterMap>();
        await Eventually.BecomesTrueAsync(() => known.Current.OwnerOf(0) is not null, "the client knows the first silo");

        await using var second = await StartSiloAsync("silo-2");
        await Eventually.BecomesTrueAsync(() => Owned(second).Count == PartitionMap.Count / 2, "half of the partitions have moved");
        var key = Enumerable.Range(0, 1000).Select(static number => $"p/{number}").First(candidate => Owned(second).Contains(PartitionOf(candidate)));
        var partition = PartitionOf(key);
        await Eventually.BecomesTrueAsync(() => MapOf(first).OwnerOf(partition)?.SiloId == "silo-2", "the first silo knows where it went");
        known.Current.OwnerOf(partition)!.SiloId.ShouldBe("silo-1", "the client has looked by itself");
        var forwards = 0L;
        using var listener = Listen(first.Services.GetRequiredService<IMeterFactory>(), value => Interlocked.Add(ref forwards, value));
        var grain = client.GetRequiredService<IGrainFactory>().GetGrain<IScriptGrain>(key);

        (await grain.AddAsync(1, 2)).ShouldBe(3);
        Interlocked.Read(ref forwards).ShouldBe(1);
        await Eventually.BecomesTrueAsync(() => known.Current.OwnerOf(partition)?.SiloId == "silo-2", "the client has looked again");
        (await grain.AddAsync(3, 4)).ShouldBe(7);

        Interlocked.Read(ref forwards).ShouldBe(1);
        (first.Services.GetRequiredService<EmbeddedEngine>().Activations, second.Services.GetRequiredService<EmbeddedEngine>().Activations).ShouldBe((0, 1));
        foreach (var service in client.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
    }

    private static short PartitionOf(string key) => PartitionMap.Of(new AggregateId("script", key));

    private static IReadOnlySet<short> Owned(JournalHost silo) => silo.Services.GetRequiredService<IPartitionOwnership>().Owned;

    private static ClusterView MapOf(JournalHost silo) => silo.Services.GetRequiredService<IClusterMap>().Current;

    /// <summary>What the silo of these meters counts as sent on, from now on.</summary>
    private static MeterListener Listen(IMeterFactory meters, Action<long> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name == "awooop.runtime.call.forwards")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted(value));
        listener.Start();
        return listener;
    }

    private async Task<JournalHost> StartSiloAsync(string siloId)
    {
        // It tells the others where it listens when it joins, before it does. A port that is held can be listened on still.
        using var port = new HeldPort();
        var address = port.Address;

        return await JournalHost.StartAsync(
            postgres.Endpoints,
            journal => (journal.SiloId, journal.Address, journal.Lease) = (siloId, address, TimeSpan.FromSeconds(10)),
            services => AddGrains(services.AddSiloCluster(cluster =>
            {
                Connect(cluster);
                cluster.Address = address;
            })));
    }

    private ServiceProvider CreateClient()
    {
        var services = new ServiceCollection();
        services.AddClusterMap(map => (map.Database, map.Interval) = (postgres.Endpoints.Reader, OfItsOwnAccord));
        AddGrains(services.AddClusterClient("client-1", Connect));
        return services.BuildServiceProvider();
    }

    private static void AddGrains(IServiceCollection services)
    {
        services.AddSingleton(new ConcurrentQueue<string>());
        services.AddSingleton(new ScriptLifecycle());
        services.AddEmbeddedEngine(static engine => engine.Messages = ScriptMessages.Options);
        services.AddGrains(typeof(MovedGrainTests).Assembly);
    }

    private static void Connect(ClusterOptions cluster)
    {
        cluster.Secret = Secret;
        cluster.LoopbackOnly = true;
    }
}
