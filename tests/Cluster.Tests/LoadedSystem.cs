using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Lets something happen to a system while senders post to all of its entrances, and checks the ledger after.</summary>
internal static class LoadedSystem
{
    public static readonly Dictionary<string, string> FastLease = new() { ["Silo__Lease"] = "00:00:02" };

    public static Task RunAsync(AwooopSystem system, Func<Task> happens) => RunAsync(system, _ => happens());

    public static async Task RunAsync(AwooopSystem system, Func<AlertLoad, Task> happens)
    {
        var load = new AlertLoad(system.Entrances, senders: 12, alertsEach: 40);
        using var ending = new CancellationTokenSource();
        var sending = load.RunAsync(ending.Token);
        try
        {
            await Readiness.UntilAsync(_ => Task.FromResult(load.Acknowledged.Count >= load.Total / 4), "The load does not get on", CancellationToken.None);
            await happens(load);
            await sending;
        }
        finally
        {
            await ending.CancelAsync();
        }

        await Ledger.CheckAsync(system, load.Acknowledged);
    }
}
