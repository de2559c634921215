using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>
/// PostgreSQL crashes, is out of reach of one silo, or answers slowly, or silos do not reach each other, under load: what was acknowledged is
/// there, once.
/// </summary>
/// <remarks>
/// The cuts are made by wires of the tests (<see cref="TcpWire"/>) and not by network namespaces. To a silo they are the same: no byte and no
/// word of an end passes, either way. Namespaces take root, and a PostgreSQL and an HTTP API that listen on more than the loopback address,
/// so what was tested would not be what is run.
/// </remarks>
public sealed class WireFaultTests(WireFaultTests.TwoWiredSilos silos) : IClassFixture<WireFaultTests.TwoWiredSilos>
{
    [Fact]
    public Task Postgres_CrashedUnderTwoSilos_LosesAndDoublesNothing() => silos.RunAsync(static async system =>
    {
        await system.Postgres.CrashAsync(CancellationToken.None);
        await Unreadiness.ToldAsync(system);
        await system.StartPostgresAsync();
        await Partitions.SharedAsync(system, silos: 2);
    });

    [Fact]
    public Task OneOfTwo_CutOffFromPostgres_LosesItsPartitionsUntilMended() => silos.RunAsync(static async system =>
    {
        system.Wires[1].ToPostgres.Cut();
        await Partitions.SharedAsync(system, silos: 1);
        system.Wires[1].ToPostgres.Mend();
        await Partitions.SharedAsync(system, silos: 2);
    });

    [Fact]
    public Task Postgres_SlowForTwoSilos_OnlySlowsThem() => silos.RunAsync(static async (system, load) =>
    {
        foreach (var wires in system.Wires)
            wires.ToPostgres.Slow(TimeSpan.FromMilliseconds(100));
        await load.GetsOnAsync();
        foreach (var wires in system.Wires)
            wires.ToPostgres.Slow(TimeSpan.Zero);
    });

    /// <summary>Silos that all reach PostgreSQL keep their partitions, and what was called for is done in the end, once.</summary>
    [Fact]
    public Task TwoSilos_CutFromEachOtherUnderLoad_LoseAndDoubleNothing() => silos.RunAsync(static async system =>
    {
        var begun = BegunWhileCut(system);
        foreach (var wires in system.Wires)
            wires.FromSilos.Cut();
        await Readiness.UntilAsync(
            _ => Task.FromResult(BegunWhileCut(system) > begun), "The connection that fell silent is not given up for another", CancellationToken.None);
        foreach (var wires in system.Wires)
            wires.FromSilos.Mend();
    });

    private static int BegunWhileCut(AwooopSystem system) => system.Wires.Sum(static wires => wires.FromSilos.BegunWhileCut);

    public sealed class TwoWiredSilos() : SharedSystem(new SystemShape { Silos = 2, Wired = true, Settings = FastLease });
}
