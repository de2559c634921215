using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Silos go, with and without a word, while senders post to all of them: what was acknowledged is there, once.</summary>
public sealed class SiloLossTests
{
    private static readonly Dictionary<string, string> FastLease = new() { ["Silo__Lease"] = "00:00:02" };

    [Fact]
    public async Task OneOfThree_KilledUnderLoad_LosesAndDoublesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(FastLease, silos: 3);
        await SharedAsync(system, silos: 3);

        await UnderLoadAsync(system, async () =>
        {
            await system.Silos[1].KillAsync();
            await SharedAsync(system, silos: 2);
        });
    }

    [Fact]
    public async Task TwoOfThree_KilledUnderLoad_LoseAndDoubleNothing()
    {
        await using var system = await AwooopSystem.StartAsync(FastLease, silos: 3);
        await SharedAsync(system, silos: 3);

        await UnderLoadAsync(system, async () =>
        {
            await Task.WhenAll(system.Silos[0].KillAsync(), system.Silos[2].KillAsync());
            await SharedAsync(system, silos: 1);
            await system.Silos[0].StartAsync();
            await SharedAsync(system, silos: 2);
        });
    }

    [Fact]
    public async Task OneOfThree_FrozenPastItsLease_NeitherWritesNorKeepsItsPartitions()
    {
        await using var system = await AwooopSystem.StartAsync(FastLease, silos: 3);
        await SharedAsync(system, silos: 3);

        await UnderLoadAsync(system, async () =>
        {
            await system.Silos[2].FreezeAsync();
            await SharedAsync(system, silos: 2);
            await system.Silos[2].ThawAsync();
            await SharedAsync(system, silos: 3);
        });
    }

    [Fact]
    public async Task EachInTurn_StoppedAndStartedUnderLoad_LosesAndDoublesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(FastLease, silos: 3);
        await SharedAsync(system, silos: 3);

        await UnderLoadAsync(system, async () =>
        {
            foreach (var silo in system.Silos)
            {
                await silo.StopAsync();
                await SharedAsync(system, silos: 2);
                await silo.StartAsync();
                await SharedAsync(system, silos: 3);
            }
        });
    }

    private static async Task UnderLoadAsync(AwooopSystem system, Func<Task> happens)
    {
        var load = new AlertLoad([.. system.Silos.Select(static silo => silo.Address)], senders: 12, alertsEach: 40);
        using var ending = new CancellationTokenSource();
        var sending = load.RunAsync(ending.Token);
        try
        {
            await Readiness.UntilAsync(_ => Task.FromResult(load.Acknowledged.Count >= load.Total / 4), "The load does not get on", CancellationToken.None);
            await happens();
            await sending;
        }
        finally
        {
            await ending.CancelAsync();
        }

        await Ledger.CheckAsync(system, load.Acknowledged);
    }

    /// <summary>Waits until so many silos own all partitions, none more than its share.</summary>
    private static Task SharedAsync(AwooopSystem system, int silos) => Readiness.UntilAsync(
        async _ => await system.CountAsync(
            $"""
            select count(*) from (
                select 1 from journal.partition p join journal.silo s on s.silo_id = p.owner and s.incarnation = p.owner_incarnation and s.state = 'alive'
                group by p.owner having count(*) <= ceil(256.0 / {silos})
            ) sharing
            """) == silos && await system.CountAsync("select count(*) from journal.partition where owner is null") == 0,
        $"The partitions are not shared by {silos} silos",
        CancellationToken.None);
}
