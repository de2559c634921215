using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>The volume of PostgreSQL's log is full: writes are refused until there is room again, and what was acknowledged is there, once.</summary>
public sealed class FullDiskTests
{
    [FaultFact(Needs.Mount)]
    public async Task LogVolume_FullUnderLoad_RefusesWritesAndLosesNothing()
    {
        await using var loaded = new LoadedSystem(new SystemShape { Silos = 2, Settings = LoadedSystem.FastLease });
        await using var volume = await LogVolume.MountAsync(await loaded.StartedAsync());

        await loaded.RunAsync(async (system, round) =>
        {
            await volume.FillAsync();
            await Unreadiness.ToldAsync(system);
            var refused = round.Load.Unavailable;
            await Readiness.UntilAsync(_ => Task.FromResult(round.Load.Unavailable > refused), "What cannot be written is not refused", CancellationToken.None);
            await volume.FreeAsync();
            await system.StartPostgresAsync();
            await Partitions.SharedAsync(system, silos: 2);
        });
    }
}
