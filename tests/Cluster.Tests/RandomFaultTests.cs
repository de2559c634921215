using System.Diagnostics;
using AwoooP.Systems;
using Xunit.Abstractions;

namespace AwoooP.Cluster.Tests;

/// <summary>
/// One fault or two at once, for a while, drawn by a seed: again and again on one system, and then on systems of further seeds.
/// </summary>
public sealed class RandomFaultTests(ITestOutputHelper output)
{
    private const int LongestMilliseconds = 4_000;

    /// <summary>Bytes: more than the log grows by in a round, from the server's own checkpoints to the load's writes.</summary>
    private const long RoomForLog = 256 * 1024 * 1024;

    [FaultFact(Needs.LongForm)]
    public async Task ThreeSilos_UnderRandomFaults_LoseAndDoubleNothing()
    {
        var since = Stopwatch.StartNew();
        for (var seed = FaultForm.Seed; seed == FaultForm.Seed || since.Elapsed < FaultForm.RandomTime; seed++)
        {
            try
            {
                await RunAsync(seed);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"With seed {seed}, which `./awooop test --faults --seed {seed}` begins with: {fault.Message}", fault);
            }
        }
    }

    private async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        await using var loaded = new LoadedSystem(new SystemShape { Silos = 3, Wired = true, OwnClock = ShiftedClock.Library is not null, Settings = LoadedSystem.FastLease });
        await using var log = LogVolume.CanMount ? await LogVolume.MountAsync(await loaded.StartedAsync(), RoomForLog) : null;
        await loaded.RunAsync(
            async (system, _) =>
            {
                var all = RandomFault.Draw(system, log, random);
                // In the order in which they end.
                int[] chosen = [.. Enumerable.Range(0, all.Count).OrderBy(_ => random.Next()).Take(random.Next(1, 3)).Order()];
                output.WriteLine($"seed {seed}: {string.Join(", and ", chosen.Select(place => all[place].Name))}");
                foreach (var place in chosen)
                    await all[place].Begin();
                // How long it lasts is part of what is drawn: from less than a beat of the lease to twice the lease.
                await Task.Delay(random.Next(LongestMilliseconds));
                foreach (var place in chosen)
                    await all[place].End();
                // The log of the next round must find room, whatever was drawn.
                if (log is not null)
                    await log.FreeAsync();
                await Partitions.SharedAsync(system, silos: 3);
            },
            FaultForm.RandomRounds);
    }
}
