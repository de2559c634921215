using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>The clock of one silo jumps under load: leases are not told by it, so its partitions stay, and what was acknowledged is there, once.</summary>
public sealed class ClockJumpTests
{
    /// <summary>Far less than a jump, and enough for a machine that is busy.</summary>
    private static readonly Dictionary<string, string> LongLease = new() { ["Silo__Lease"] = "00:00:30" };

    [ClockFact]
    public async Task OneOfTwo_ClockJumpsTenMinutesForthAndBack_KeepsItsLeaseAndLosesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(LongLease, silos: 2, ownClock: true);
        await Partitions.SharedAsync(system, silos: 2);
        using var http = new HttpClient();

        await LoadedSystem.RunAsync(system, async load =>
        {
            foreach (var minutes in (int[])[10, -10, 0])
            {
                system.Clock!.Set(minutes);
                await Readiness.UntilAsync(async token => await MinutesAheadAsync(token) == minutes, $"The clock does not jump to {minutes} minutes", CancellationToken.None);
                await load.GetsOnAsync();
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

        async Task<DateTimeOffset> DateAsync(SiloProcess silo, CancellationToken cancellationToken)
        {
            using var answer = await http.GetAsync(new Uri(silo.Address, "-/healthy"), cancellationToken);
            return answer.Headers.Date.ShouldNotBeNull();
        }
    }
}
