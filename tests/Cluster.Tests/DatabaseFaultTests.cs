using System.Net;
using AwoooP.Demo;
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
        using var http = new HttpClient();

        await LoadedSystem.RunAsync(system, async () =>
        {
            await system.Postgres.CrashAsync(CancellationToken.None);
            foreach (var silo in system.Silos)
                await Readiness.UntilAsync(
                    async token => (await http.GetAsync(new Uri(silo.Address, "-/ready"), token)).StatusCode == HttpStatusCode.ServiceUnavailable,
                    $"Silo {silo.Number} stays ready without PostgreSQL",
                    CancellationToken.None);
            await system.Postgres.StartAsync(CancellationToken.None);
            // Its connections are of the server that crashed.
            system.Superuser.Clear();
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
            await Readiness.UntilAsync(_ => Task.FromResult(load.Acknowledged.Count >= load.Total * 3 / 4), "The load does not get on with a slow PostgreSQL", CancellationToken.None);
            foreach (var wires in system.Wires)
                wires.ToPostgres.Slow(TimeSpan.Zero);
        });
    }
}
