using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Silos go, with and without a word, under a load at all of them: what was acknowledged is there, once.</summary>
public sealed class SiloLossTests
{
    [Fact]
    public async Task OneOfThree_KilledUnderLoad_LosesAndDoublesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 3);
        await Partitions.SharedAsync(system, silos: 3);

        await LoadedSystem.RunAsync(system, async () =>
        {
            await system.Silos[1].KillAsync();
            await Partitions.SharedAsync(system, silos: 2);
            await system.Silos[1].StartAsync();
            await Partitions.SharedAsync(system, silos: 3);
        });
    }

    [Fact]
    public async Task TwoOfThree_KilledUnderLoad_LoseAndDoubleNothing()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 3);
        await Partitions.SharedAsync(system, silos: 3);

        await LoadedSystem.RunAsync(system, async () =>
        {
            await Task.WhenAll(system.Silos[0].KillAsync(), system.Silos[2].KillAsync());
            await Partitions.SharedAsync(system, silos: 1);
            await Task.WhenAll(system.Silos[0].StartAsync(), system.Silos[2].StartAsync());
            await Partitions.SharedAsync(system, silos: 3);
        });
    }

    [Fact]
    public async Task OneOfThree_FrozenPastItsLease_NeitherWritesNorKeepsItsPartitions()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 3);
        await Partitions.SharedAsync(system, silos: 3);

        await LoadedSystem.RunAsync(system, async () =>
        {
            await system.Silos[2].FreezeAsync();
            await Partitions.SharedAsync(system, silos: 2);
            await system.Silos[2].ThawAsync();
            await Partitions.SharedAsync(system, silos: 3);
        });
    }

    [Fact]
    public async Task EachInTurn_StoppedAndStartedUnderLoad_LosesAndDoublesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 3);
        await Partitions.SharedAsync(system, silos: 3);

        await LoadedSystem.RunAsync(system, async () =>
        {
            foreach (var silo in system.Silos)
            {
                await silo.StopAsync();
                await Partitions.SharedAsync(system, silos: 2);
                await silo.StartAsync();
                await Partitions.SharedAsync(system, silos: 3);
            }
        });
    }
}
