using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>PostgreSQL crashes, is out of reach of one silo, or answers slowly, under load: what was acknowledged is there, once.</summary>
public sealed class DatabaseFaultTests
{
    [Fact]
    public async Task Postgres_CrashedUnderTwoSilos_LosesAndDoublesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 2);
        await Partitions.SharedAsync(system, silos: 2);

        await LoadedSystem.RunAsync(system, async () =>
        {
            await system.Postgres.CrashAsync(CancellationToken.None);
            await Unreadiness.ToldAsync(system);
            await system.StartPostgresAsync();
            await Partitions.SharedAsync(system, silos: 2);
        });
    }

    [Fact]
    public async Task OneOfTwo_CutOffFromPostgres_LosesItsPartitionsUntilMended()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 2, wired: true);
        await Partitions.SharedAsync(system, silos: 2);

        await LoadedSystem.RunAsync(system, async () =>
        {
            system.Wires[1].ToPostgres.Cut();
            await Partitions.SharedAsync(system, silos: 1);
            system.Wires[1].ToPostgres.Mend();
            await Partitions.SharedAsync(system, silos: 2);
        });
    }

    [Fact]
    public async Task Postgres_SlowForTwoSilos_OnlySlowsThem()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 2, wired: true);
        await Partitions.SharedAsync(system, silos: 2);

        await LoadedSystem.RunAsync(system, async load =>
        {
            foreach (var wires in system.Wires)
                wires.ToPostgres.Slow(TimeSpan.FromMilliseconds(100));
            await load.GetsOnAsync();
            foreach (var wires in system.Wires)
                wires.ToPostgres.Slow(TimeSpan.Zero);
        });
    }
}
