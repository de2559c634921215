using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>The clock of one silo jumps under load: leases are not told by it, so its partitions stay, and what was acknowledged is there, once.</summary>
public sealed class ClockJumpTests
{
    /// <summary>Far less than a jump, and enough for a machine that is busy.</summary>
    private static readonly Dictionary<string, string> LongLease = new() { ["Silo__Lease"] = "00:00:30" };

    [FaultFact(Needs.ShiftedClock)]
    public async Task OneOfTwo_ClockJumpsTenMinutesBackAndForth_KeepsItsLeaseAndLosesNothing()
    {
        await using var loaded = new LoadedSystem(new SystemShape { Silos = 2, OwnClock = true, Settings = LongLease });
        var system = await loaded.StartedAsync();
        using var http = new HttpClient();

        await loaded.RunAsync(async (_, round) =>
        {
            foreach (var minutes in (int[])[10, -10, 0])
            {
                system.Clock!.Set(minutes);
                await Readiness.UntilAsync(async token => await MinutesAheadAsync(token) == minutes, $"The clock does not jump to {minutes} minutes", CancellationToken.None);
                await round.Load.GetsOnAsync();
            }
        });

        await Partitions.SharedAsync(system, silos: 2);
        (await system.CountAsync("select count(*) from journal.silo where incarnation > 1")).ShouldBe(0, "a silo was taken for dead");

        // How far the second silo's time is from the first's, by what their answers are dated with.
        async Task<int> MinutesAheadAsync(CancellationToken cancellationToken)
        {
            var (first, second) = (await DateAsync(system.Silos[0], cancellationToken), await DateAsync(system.Silos[1], cancellationToken));
            return (int)Math.Round((second - first).TotalMinutes);
        }

        async Task<DateTimeOffset> DateAsync(ServerProcess silo, CancellationToken cancellationToken)
        {
            using var answer = await http.GetAsync(new Uri(silo.Address, "-/healthy"), cancellationToken);
            return answer.Headers.Date.ShouldNotBeNull();
        }
    }
}
