using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Silos that all reach PostgreSQL do not reach each other: nobody's partitions move, and what was called for is done in the end, once.</summary>
public sealed class NetworkCutTests
{
    [Fact]
    public async Task TwoSilos_CutFromEachOtherUnderLoad_LoseAndDoubleNothing()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 2, wired: true);
        await Partitions.SharedAsync(system, silos: 2);

        await LoadedSystem.RunAsync(system, async () =>
        {
            foreach (var wires in system.Wires)
                wires.FromSilos.Cut();
            await Readiness.UntilAsync(
                _ => Task.FromResult(system.Wires.Sum(static wires => wires.FromSilos.BegunWhileCut) > 0),
                "The connection that fell silent is not given up for another",
                CancellationToken.None);
            foreach (var wires in system.Wires)
                wires.FromSilos.Mend();
        });
    }
}
