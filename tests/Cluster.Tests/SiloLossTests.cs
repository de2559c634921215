using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Silos go, with and without a word, under a load at all of them: what was acknowledged is there, once.</summary>
public sealed class SiloLossTests(SiloLossTests.ThreeSilos silos) : IClassFixture<SiloLossTests.ThreeSilos>
{
    [Fact]
    public Task OneOfThree_KilledUnderLoad_LosesAndDoublesNothing() => silos.RunAsync(static async system =>
    {
        await system.Silos[1].KillAsync();
        await Partitions.SharedAsync(system, silos: 2);
        await system.Silos[1].StartAsync();
        await Partitions.SharedAsync(system, silos: 3);
    });

    [Fact]
    public Task TwoOfThree_KilledUnderLoad_LoseAndDoubleNothing() => silos.RunAsync(static async system =>
    {
        await Task.WhenAll(system.Silos[0].KillAsync(), system.Silos[2].KillAsync());
        await Partitions.SharedAsync(system, silos: 1);
        await Task.WhenAll(system.Silos[0].StartAsync(), system.Silos[2].StartAsync());
        await Partitions.SharedAsync(system, silos: 3);
    });

    [Fact]
    public Task OneOfThree_FrozenPastItsLease_NeitherWritesNorKeepsItsPartitions() => silos.RunAsync(static async system =>
    {
        await system.Silos[2].FreezeAsync();
        await Partitions.SharedAsync(system, silos: 2);
        await system.Silos[2].ThawAsync();
        await Partitions.SharedAsync(system, silos: 3);
    });

    [Fact]
    public Task EachInTurn_StoppedAndStartedUnderLoad_LosesAndDoublesNothing() => silos.RunAsync(static async system =>
    {
        foreach (var silo in system.Silos)
        {
            await silo.StopAsync();
            await Partitions.SharedAsync(system, silos: 2);
            await silo.StartAsync();
            await Partitions.SharedAsync(system, silos: 3);
        }
    });

    public sealed class ThreeSilos() : SharedSystem(new SystemShape { Silos = 3, Settings = FastLease });
}
