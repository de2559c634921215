using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Lets something happen to a system under a load at all of its entrances, and checks the ledger after.</summary>
internal static class LoadedSystem
{
    public static readonly Dictionary<string, string> FastLease = new() { ["Silo__Lease"] = "00:00:02" };

    public static Task RunAsync(AwooopSystem system, Func<Task> happens) => RunAsync(system, _ => happens(), FaultForm.Rounds);

    public static Task RunAsync(AwooopSystem system, Func<MixedLoad, Task> happens) => RunAsync(system, happens, FaultForm.Rounds);

    /// <param name="system">All of its silos are up.</param>
    /// <param name="happens">Leaves the system as it was.</param>
    /// <param name="rounds">How often it happens.</param>
    public static async Task RunAsync(AwooopSystem system, Func<MixedLoad, Task> happens, int rounds)
    {
        await using var load = await MixedLoad.StartAsync(system);
        for (var round = 0; round < rounds; round++)
        {
            await load.GetsOnAsync();
            await happens(load);
        }

        await load.GetsOnAsync();
        await load.FinishAsync();
        await Ledger.CheckAsync(system, load.Alerts);
        await Ledger.CheckAsync(system, load.Revisions);
    }
}
