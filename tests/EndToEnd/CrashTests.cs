using System.Net;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>What was acknowledged survives: kill -9 of the silo and a crash of PostgreSQL, both under load.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task Silo_KilledUnderLoad_LosesAndDoublesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Settings = FastLease });
        var load = new AlertLoad([system.Address], senders: 16, alertsEach: 40);
        var sending = load.RunAsync(CancellationToken.None);

        await Readiness.UntilAsync(_ => Task.FromResult(load.Acknowledged.Count >= load.Total / 4), "The load does not get on", CancellationToken.None);
        await system.KillSiloAsync();
        await system.StartSiloAsync();
        await Readiness.UntilAsync(_ => Task.FromResult(load.Acknowledged.Count >= load.Total / 2), "The load does not get on", CancellationToken.None);
        await system.KillSiloAsync();
        await system.StartSiloAsync();
        await sending;

        await Ledger.CheckAsync(system, load.Acknowledged);
    }

    [Fact]
    public async Task Postgres_CrashedUnderLoad_IsToldAndLosesNothing()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Settings = FastLease });
        using var load = new AlertLoad([system.Address], senders: 16) { Rest = TimeSpan.FromMilliseconds(20) };
        var sending = load.RunAsync(CancellationToken.None);
        using var http = new HttpClient();

        await Readiness.UntilAsync(_ => Task.FromResult(load.Acknowledged.Count >= 200), "The load does not get on", CancellationToken.None);
        await system.Postgres.CrashAsync(CancellationToken.None);
        await Readiness.UntilAsync(
            async token => (await http.GetAsync(new Uri(system.Address, "-/ready"), token)).StatusCode == HttpStatusCode.ServiceUnavailable,
            "Readiness stays true without PostgreSQL",
            CancellationToken.None);
        await Readiness.UntilAsync(_ => Task.FromResult(load.Refused.ContainsKey(HttpStatusCode.ServiceUnavailable)), "No call was answered with 503", CancellationToken.None);
        await system.Postgres.StartAsync(CancellationToken.None);
        await Readiness.WaitAsync(new Uri(system.Address, "-/ready"), CancellationToken.None);
        load.Finish();
        await sending;

        await Ledger.CheckAsync(system, load.Acknowledged);
    }

    private static readonly Dictionary<string, string> FastLease = new() { ["Silo__Lease"] = "00:00:02" };
}
