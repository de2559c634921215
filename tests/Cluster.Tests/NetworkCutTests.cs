using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Silos that all reach PostgreSQL do not reach each other: nobody's partitions move, and what was called for is done in the end, once.</summary>
/// <remarks>
/// The cuts are made by wires of the tests (<see cref="TcpWire"/>) and not by network namespaces. To a silo they are the same: no byte and no
/// word of an end passes, either way. Namespaces take root, and a PostgreSQL and an HTTP API that listen on more than the loopback address,
/// so what was tested would not be what is run.
/// </remarks>
public sealed class NetworkCutTests
{
    [Fact]
    public async Task TwoSilos_CutFromEachOtherUnderLoad_LoseAndDoubleNothing()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 2, wired: true);
        await Partitions.SharedAsync(system, silos: 2);

        await LoadedSystem.RunAsync(system, async () =>
        {
            var begun = BegunWhileCut(system);
            foreach (var wires in system.Wires)
                wires.FromSilos.Cut();
            await Readiness.UntilAsync(
                _ => Task.FromResult(BegunWhileCut(system) > begun), "The connection that fell silent is not given up for another", CancellationToken.None);
            foreach (var wires in system.Wires)
                wires.FromSilos.Mend();
        });
    }

    private static int BegunWhileCut(AwooopSystem system) => system.Wires.Sum(static wires => wires.FromSilos.BegunWhileCut);
}
