using System.Net;
using System.Net.Sockets;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>
/// PostgreSQL or a silo is out of reach under load, and callers are in other processes than the silos: the fronts' clients go over to the silos
/// that serve, what was acknowledged is there, once, and the metrics tell of it.
/// </summary>
public sealed class FrontFaultTests(FrontFaultTests.FrontsAndWiredSilos front) : IClassFixture<FrontFaultTests.FrontsAndWiredSilos>
{
    [Fact]
    public Task Postgres_CrashedUnderFronts_LosesAndDoublesNothing() => front.RunAsync(static async system =>
    {
        await system.Postgres.CrashAsync(CancellationToken.None);
        await Unreadiness.ToldAsync(system);
        await system.StartPostgresAsync();
        await Partitions.SharedAsync(system, silos: 2);
    });

    [Fact]
    public Task OneOfTwoSilos_CutOffFromPostgres_FrontsGoOverToTheOther() => front.RunAsync(static async (system, round) =>
    {
        var cut = system.Wires[round.Victim(2)].ToPostgres;
        await cut.CutAsync();
        await Partitions.SharedAsync(system, silos: 1);
        await round.Load.GetsOnAsync();
        cut.Mend();
        await Partitions.SharedAsync(system, silos: 2);
    });

    /// <summary>It keeps its lease and its partitions, so what is asked of them waits or is refused until it can be reached again.</summary>
    [Fact]
    public Task OneOfTwoSilos_CutOffFromItsCallers_LosesAndDoublesNothing() => front.RunAsync(static async (system, round) =>
    {
        var cut = system.Wires[round.Victim(2)].FromSilos;
        await cut.CutAsync();
        await Readiness.UntilAsync(async _ => await cut.CountConnectingAsync() > 0, "The connection that fell silent is not given up for another", CancellationToken.None);
        cut.Mend();
    });

    /// <summary>Each after what it is there to tell of.</summary>
    [Fact]
    public Task Metrics_AfterALossAndAStranger_TellOfEach() => front.RunAsync(static async (system, round) =>
    {
        var lost = system.Silos[round.Victim(2)];
        // Calls lie with it unanswered when it goes for good.
        await lost.FreezeAsync();
        await Partitions.SharedAsync(system, silos: 1);
        await lost.KillAsync();
        await ToldAsync("awooop_runtime_call_remote_total");
        await ToldAsync("awooop_runtime_call_losses_total");
        await lost.StartAsync();
        await Partitions.SharedAsync(system, silos: 2);

        var refused = await SumAsync("awooop_runtime_connections_refused_total");
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, system.Wires[0].FromSilos.Port);
        await stranger.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await ToldAsync("awooop_runtime_connections_refused_total", atLeast: refused + 1);
        // Whether any wait just now is of no matter: that it is told is.
        (await MetricSamples.ReadAsync(system.Silos)).SumOf("awooop_runtime_call_parked").ShouldNotBeNull();

        // What a process counted goes with it.
        async Task<double> SumAsync(string metric) =>
            (await MetricSamples.ReadAsync(system.Fronts.Concat(system.Silos).Where(static process => process.IsRunning))).SumOf(metric) ?? 0;

        Task ToldAsync(string metric, double atLeast = 1) =>
            Readiness.UntilAsync(async _ => await SumAsync(metric) >= atLeast, $"{metric} is not told", CancellationToken.None);
    });

    public sealed class FrontsAndWiredSilos() : SharedSystem(new SystemShape { Silos = 2, Fronts = 2, Wired = true, Settings = FastLease });
}
