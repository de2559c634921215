using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Lease;

/// <summary>PostgreSQL ends in the middle of the load: what was acknowledged is there, what was not written is said so, and work goes on by itself.</summary>
public sealed class CrashTests
{
    private const int Writers = 32;

    [Fact]
    public async Task Server_CrashedUnderLoad_KeepsEveryAcknowledgedCommitAndComesBack()
    {
        await using var server = await DurableServer.StartAsync();
        await using var host = await JournalHost.StartAsync(server.Endpoints);
        var ledger = new CommitLedger();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, Writers)
            .Select(writer => Task.Run(() => ledger.WriteAsync(Some.Id($"crash-{writer}"), _ => host.Journal, stop.Token))).ToList();

        await Eventually.BecomesTrueAsync(() => ledger.Count > 500, "the load runs");
        await server.Server.CrashAsync(default);
        await Eventually.BecomesTrueAsync(() => !host.Health.IsReady, "readiness went");
        await server.Server.StartAsync(default);
        await Eventually.BecomesTrueAsync(() => host.Health.IsReady, "readiness came back");
        var resumedAt = ledger.Committed;
        await Eventually.BecomesTrueAsync(() => ledger.Committed > resumedAt + 500, "the load goes on");
        await stop.CancelAsync();
        await Task.WhenAll(load);

        (ledger.Has(CommitStatus.Unavailable) || ledger.Has(CommitStatus.Unknown)).ShouldBeTrue();
        await ledger.CheckAsync(server.Endpoints.Engine);
    }
}
