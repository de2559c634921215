using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>
/// PostgreSQL crashes, is out of reach of one silo, or answers slowly, or silos do not reach each other, under load: what was acknowledged is
/// there, once.
/// </summary>
/// <remarks>
/// The cuts are made by wires of the tests (<see cref="TcpWire"/>) and not by network namespaces. To a silo they are the same but for the
/// kernel's acknowledgements: no byte and no word of an end passes, and who connects waits in vain for an answer to the first packet.
/// Namespaces take root, and a PostgreSQL and an HTTP API that listen on more than the loopback address, so what was tested would not be
/// what is run.
/// </remarks>
public sealed class WireFaultTests(WireFaultTests.TwoWiredSilos silos) : IClassFixture<WireFaultTests.TwoWiredSilos>
{
    /// <summary>Between the 1.5 s after which a statement of the silos ends, three quarters of their lease, and the lease of 2 s.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(1_750);

    [Fact]
    public Task Postgres_CrashedUnderTwoSilos_LosesAndDoublesNothing() => silos.RunAsync(static async system =>
    {
        await system.Postgres.CrashAsync(CancellationToken.None);
        await Unreadiness.ToldAsync(system);
        await system.StartPostgresAsync();
        await Partitions.SharedAsync(system, silos: 2);
    });

    /// <summary>When only answers are held up, PostgreSQL carries out what the silo cannot know of, a commit or a renewal of its lease.</summary>
    [Theory]
    [InlineData(WireWays.Both)]
    [InlineData(WireWays.There)]
    [InlineData(WireWays.Back)]
    public Task OneOfTwo_CutOffFromPostgres_LosesItsPartitionsUntilMended(WireWays ways) => silos.RunAsync(async (system, round) =>
    {
        var cut = system.Wires[round.Victim(2)].ToPostgres;
        await cut.CutAsync(ways);
        await Partitions.SharedAsync(system, silos: 1);
        await Readiness.UntilAsync(async _ => await cut.CountConnectingAsync() > 0, "The silo does not try to reach PostgreSQL again", CancellationToken.None);
        cut.Mend();
        await Partitions.SharedAsync(system, silos: 2);
    });

    [Fact]
    public Task Postgres_SlowForTwoSilos_OnlySlowsThem() => silos.RunAsync(static async (system, round) =>
    {
        foreach (var wires in system.Wires)
            wires.ToPostgres.Slow(TimeSpan.FromMilliseconds(100));
        await round.Load.GetsOnAsync();
        foreach (var wires in system.Wires)
            wires.ToPostgres.Slow(TimeSpan.Zero);
    });

    /// <summary>Nothing passes for longer than a statement may take, and for less than a lease lasts: commits that are under way are held until then.</summary>
    [Fact]
    public Task Postgres_StalledForLongerThanAStatementMayTake_LosesAndDoublesNothing() => silos.RunAsync(static async (system, round) =>
    {
        var before = await HeldCommitsAsync(system);
        await Task.WhenAll(system.Wires.Select(static wires => wires.ToPostgres.CutAsync()));
        // How long it lasts is what happens; nothing is expected to be over by then.
        await Task.Delay(Stall);
        foreach (var wires in system.Wires)
            wires.ToPostgres.Mend();
        await Readiness.UntilAsync(async _ => await HeldCommitsAsync(system) > before, "No commit was under way while nothing passed", CancellationToken.None);
        await Partitions.SharedAsync(system, silos: 2);
        await round.Load.GetsOnAsync();
    });

    /// <summary>Silos that all reach PostgreSQL keep their partitions, and what was called for is done in the end, once.</summary>
    [Theory]
    [InlineData(WireWays.Both)]
    [InlineData(WireWays.Back)]
    public Task TwoSilos_CutFromEachOtherUnderLoad_LoseAndDoubleNothing(WireWays ways) => silos.RunAsync(async (system, _) =>
    {
        await Task.WhenAll(system.Wires.Select(wires => wires.FromSilos.CutAsync(ways)));
        await Readiness.UntilAsync(
            async _ => (await Task.WhenAll(system.Wires.Select(static wires => wires.FromSilos.CountConnectingAsync()))).Sum() > 0,
            "The connection that fell silent is not given up for another",
            CancellationToken.None);
        foreach (var wires in system.Wires)
            wires.FromSilos.Mend();
    });

    /// <summary>How many took longer than a second, of which a machine that is only busy makes few.</summary>
    private static async Task<double> HeldCommitsAsync(AwooopSystem system)
    {
        var page = await MetricSamples.ReadAsync(system.Silos);
        return (page.SumOf("awooop_journal_commit_duration_seconds_count") ?? 0) - (page.SumOf("awooop_journal_commit_duration_seconds_bucket", "le=\"1\"") ?? 0);
    }

    public sealed class TwoWiredSilos() : SharedSystem(new SystemShape { Silos = 2, Wired = true, Settings = FastLease });
}
