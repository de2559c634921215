using System.Net;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>A project and a key ask for far more than is theirs: they are refused and told when to come back, and nobody else notices.</summary>
public sealed class FloodTests(FloodedSystem flooded) : IClassFixture<FloodedSystem>
{
    /// <summary>Of each kind, before anybody looks: the bounds hold by then.</summary>
    private const int RefusedBefore = 200;

    /// <summary>Fewer than one key may ask at once, so that no look is refused for its own sake.</summary>
    private const int Looks = FloodedSystem.RequestBurst / 2;

    /// <summary>For one answer, on a machine that is busy with the flood itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Flood_OfOneProjectAndKey_LeavesTheSiloReadyAndOthersServed()
    {
        await flooded.FireAsync("BesideTheFlood");
        await flooded.IncidentAsync("BesideTheFlood");
        var silo = flooded.System.Silos[0];
        var key = await flooded.IssueKeyAsync("flo", "viewer", FloodedSystem.Flooded);
        var incarnation = await IncarnationAsync();
        using var probe = new HttpClient { BaseAddress = silo.Address, Timeout = Patience };
        await using var flood = new Flood(flooded.System, FloodedSystem.Flooded, key);
        await RefusedAsync(flood, RefusedBefore, RefusedBefore);
        var (reads, alerts) = (flood.ReadsRefused, flood.AlertsRefused);

        for (var look = 0; look < Looks; look++)
        {
            (await probe.GetAsync("-/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await SharedSystem.ItemsAsync(flooded.Viewer, "incidents?limit=10").WaitAsync(Patience)).ShouldNotBeEmpty();
            (await MetricSamples.ReadAsync(silo)).SumOf("awooop_journal_lease_valid").ShouldBe(1d);
        }

        // It went on all the time.
        await RefusedAsync(flood, reads + 1, alerts + 1);
        (await IncarnationAsync()).ShouldBe(incarnation, "the silo was taken for dead");
        flood.Wrong.ShouldBeEmpty();

        Task<long> IncarnationAsync() => flooded.System.CountAsync($"select incarnation from journal.silo where silo_id = '{silo.Name}'");
    }

    private static Task RefusedAsync(Flood flood, int reads, int alerts) => Readiness.UntilAsync(
        _ => Task.FromResult(!flood.Wrong.IsEmpty || (flood.ReadsRefused >= reads && flood.AlertsRefused >= alerts)),
        "The flood is not held back",
        CancellationToken.None);
}
