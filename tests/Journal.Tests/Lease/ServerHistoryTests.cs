using AwoooP.Journal.Membership;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AwoooP.Journal.Tests.Lease;

/// <summary>The server comes back with another history than the one that memory is of.</summary>
public sealed class ServerHistoryTests
{
    [Fact]
    public async Task Server_OnANewTimeline_DropsMemoryAndGoesOnInANewIncarnation()
    {
        await using var server = await DurableServer.StartAsync();
        await using var host = await JournalHost.StartAsync(server.Endpoints, options => options.Lease = TimeSpan.FromSeconds(2));
        var (before, dropped) = Watch(host);
        (await host.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 0), default)).Status.ShouldBe(CommitStatus.Committed);

        await server.RecoverOnANewTimelineAsync();

        await UntilJoinedAgainAsync(host, before, dropped);
        var outcome = await host.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 1), default);
        (outcome.Status, outcome.Position.Seq).ShouldBe((CommitStatus.Committed, 2));
    }

    [Fact]
    public async Task Server_AnotherCluster_DropsMemoryAndNumbersByWhatIsThere()
    {
        await using var server = await DurableServer.StartAsync();
        await using var host = await JournalHost.StartAsync(server.Endpoints, options => options.Lease = TimeSpan.FromSeconds(2));
        var (before, dropped) = Watch(host);
        for (var version = 0; version < 3; version++)
            (await host.Journal.CommitAsync(Some.Commit(Some.Id("lost"), version), default)).Status.ShouldBe(CommitStatus.Committed);

        await server.ReplaceAsync();

        await UntilJoinedAgainAsync(host, before, dropped);
        var outcome = await host.Journal.CommitAsync(Some.Commit(Some.Id("lost"), 0), default);
        (outcome.Status, outcome.Position.Seq).ShouldBe((CommitStatus.Committed, 1));
    }

    [Fact]
    public async Task Server_AnOlderCopyOfItself_DropsMemoryAndNumbersByWhatIsThere()
    {
        await using var server = await DurableServer.StartAsync();
        await using var host = await JournalHost.StartAsync(server.Endpoints, options => options.Lease = TimeSpan.FromSeconds(2));
        var (before, dropped) = Watch(host);
        var copy = await server.CopyAsync();
        await Eventually.BecomesTrueAsync(() => host.Health.IsReady, "the silo is ready again");
        for (var version = 0; version < 3; version++)
            (await host.Journal.CommitAsync(Some.Commit(Some.Id("lost"), version), default)).Status.ShouldBe(CommitStatus.Committed);
        dropped.IsCompleted.ShouldBeFalse();
        await UntilBeatPastAFileOfTheLogAsync(server);

        await server.GoBackAsync(copy);

        await UntilJoinedAgainAsync(host, before, dropped);
        var outcome = await host.Journal.CommitAsync(Some.Commit(Some.Id("lost"), 0), default);
        (outcome.Status, outcome.Position.Seq).ShouldBe((CommitStatus.Committed, 1));
    }

    /// <summary>So much is lost then that the copy's log does not grow as long in the meantime.</summary>
    private static async Task UntilBeatPastAFileOfTheLogAsync(DurableServer server)
    {
        await using var superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.Server.SuperuserConnection()) { Database = "awooop" });
        await using (var end = superuser.CreateCommand("select pg_switch_wal()"))
            await end.ExecuteNonQueryAsync();
        await using var look = superuser.CreateCommand("select max(lease_until) from journal.silo");
        for (var beats = 0; beats < 2; beats++)
        {
            var last = await look.ExecuteScalarAsync();
            await Eventually.BecomesTrueAsync(async () => !Equals(await look.ExecuteScalarAsync(), last), "the lease is renewed");
        }
    }

    private static (Incarnation Before, Task Dropped) Watch(JournalHost host)
    {
        var dropped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<SiloMembership>().MemoryInvalidated += () => dropped.TrySetResult();
        return (host.Services.GetRequiredService<LeaseGuard>().Incarnation!, dropped.Task);
    }

    private static async Task UntilJoinedAgainAsync(JournalHost host, Incarnation before, Task dropped)
    {
        await dropped.WaitAsync(TimeSpan.FromSeconds(60));
        var lease = host.Services.GetRequiredService<LeaseGuard>();
        await Eventually.BecomesTrueAsync(
            () => lease.Incarnation is { } now && !ReferenceEquals(now, before) && host.Health.IsReady, "the silo joined again");
    }
}
