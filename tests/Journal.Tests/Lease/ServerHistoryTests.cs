using AwoooP.Journal.Membership;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

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
        var outcome = await CommitAsync(host, Some.Id("kept"), 1);
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
        var outcome = await CommitAsync(host, Some.Id("lost"), 0);
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
        var outcome = await CommitAsync(host, Some.Id("lost"), 0);
        (outcome.Status, outcome.Position.Seq).ShouldBe((CommitStatus.Committed, 1));
    }

    [Fact]
    public async Task Commit_ServerAnOlderCopyOfItselfBeforeTheNextBeat_IsNotWritten()
    {
        await using var server = await DurableServer.StartAsync();
        await using var host = await JournalHost.StartAsync(server.Endpoints, options => options.Lease = TimeSpan.FromMinutes(20));
        (await host.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 0), default)).Status.ShouldBe(CommitStatus.Committed);
        var copy = await server.CopyAsync();
        await UntilCommittedAsync(host, Some.Id("lost"));
        await EndAFileOfTheLogAsync(server);
        await using (var superuser = Superuser(server))
            await EndSessionsAsync(superuser);
        await UntilCommittedAsync(host, Some.Id("lost-too"));

        await server.GoBackAsync(copy);

        // The silo is a member there, and its lease is valid: by the partition's head in memory the log would have a gap for good.
        await UntilRefusedForTheHistoryAsync(host);
    }

    [Fact]
    public async Task Server_AnOlderCopyWhoseLogHasGrownAsLong_DropsMemory()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        await using (var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromSeconds(2)))
        {
            var (before, dropped) = Watch(host);
            var (lease, history) = (host.Services.GetRequiredService<LeaseGuard>(), host.Services.GetRequiredService<ServerHistory>());
            var knownWhenLost = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            host.Services.GetRequiredService<OwnedPartitions>().Changed += () =>
            {
                if (lease.Incarnation is null)
                    knownWhenLost.TrySetResult(history.Known is not null);
            };

            // More than once: a heartbeat that is under way may write its own over it.
            await Eventually.BecomesTrueAsync(
                async () =>
                {
                    await TakeARenewalBackAsync(postgres, TimeSpan.FromSeconds(1));
                    return dropped.IsCompleted;
                },
                "memory is dropped");

            (await knownWhenLost.Task).ShouldBeTrue("whoever still believes in the lease has a history to compare with");
            await UntilJoinedAgainAsync(host, before, dropped);
        }

        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task Commit_ServerAnOlderCopyWhoseLogHasGrownAsLong_IsNotWritten()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();

        // The next beat is minutes away.
        await using (var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromMinutes(20)))
        {
            (await host.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 0), default)).Status.ShouldBe(CommitStatus.Committed);
            await TakeARenewalBackAsync(postgres, TimeSpan.FromMinutes(1));
            await EndSessionsAsync(postgres.Superuser);

            await UntilRefusedForTheHistoryAsync(host);
        }

        await postgres.DisposeAsync();
    }

    /// <summary>The later answer was a connection's, which the heartbeat does not know of when its own comes.</summary>
    [Fact]
    public void Continue_WithAnAnswerFromBeforeWhatIsKnown_KeepsTheLaterPosition()
    {
        var history = new ServerHistory(new SiloIdentity("silo-1", "silo-1"));
        var before = new ServerMoment(new ServerIdentity(1, "00000001"), new NpgsqlLogSequenceNumber(10), null);
        var later = before with { Durable = new NpgsqlLogSequenceNumber(30), LeaseUntil = Some.At };
        history.Continue(null, new Renewal(Some.At, later, Some.At)).ShouldBeTrue();

        var answered = before with { Durable = new NpgsqlLogSequenceNumber(20) };
        history.Continue(before, new Renewal(Some.At, answered, Some.At.AddMinutes(1))).ShouldBeTrue();

        history.Known.ShouldBe(later with { LeaseUntil = Some.At.AddMinutes(1) });
    }

    [Fact]
    public void Continue_OnAnotherServerThanTheOneThatWasSeenMeanwhile_GoesByTheRenewal()
    {
        var history = new ServerHistory(new SiloIdentity("silo-1", "silo-1"));
        var seen = new ServerMoment(new ServerIdentity(1, "00000001"), new NpgsqlLogSequenceNumber(30), null);
        var found = new ServerMoment(new ServerIdentity(2, "00000001"), new NpgsqlLogSequenceNumber(20), null);
        history.Continue(null, new Renewal(Some.At, seen, Some.At)).ShouldBeTrue();

        history.Continue(null, new Renewal(Some.At, found, Some.At)).ShouldBeTrue();

        history.Known.ShouldBe(found with { LeaseUntil = Some.At });
    }

    private static async Task UntilRefusedForTheHistoryAsync(JournalHost host)
    {
        var told = new List<CommitStatus>();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                var outcome = await host.Journal.CommitAsync(Some.Commit(Some.Id("new"), 0), default);
                told.Add(outcome.Status);
                return outcome.Status == CommitStatus.Unavailable && outcome.Code?.StartsWith(nameof(OtherHistoryException), StringComparison.Ordinal) == true;
            },
            "the commit is refused for the sake of the history");
        told.ShouldNotContain(CommitStatus.Committed);
    }

    /// <summary>The table as it was before the last renewal, in a log that is longer than ever.</summary>
    private static async Task TakeARenewalBackAsync(PostgresFixture postgres, TimeSpan time)
    {
        await using var takeBack = postgres.Superuser.CreateCommand("update journal.silo set lease_until = lease_until - $1");
        takeBack.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = time });
        await takeBack.ExecuteNonQueryAsync();
    }

    /// <summary>A lane may hold a connection to the server that is gone; then nothing was written, and the next attempt connects anew.</summary>
    private static async Task<CommitOutcome> CommitAsync(JournalHost host, AggregateId id, long version)
    {
        CommitOutcome outcome = default;
        await Eventually.BecomesTrueAsync(
            async () => (outcome = await host.Journal.CommitAsync(Some.Commit(id, version), default)).Status != CommitStatus.Unavailable, "the lane has connected");
        return outcome;
    }

    private static async Task UntilCommittedAsync(JournalHost host, AggregateId id)
    {
        // The first one after a crash may be in doubt, and have happened.
        await Eventually.BecomesTrueAsync(
            async () => (await host.Journal.CommitAsync(Some.Commit(id, 0), default)).Status is CommitStatus.Committed or CommitStatus.VersionConflict,
            "a commit is written");
    }

    private static async Task EndSessionsAsync(NpgsqlDataSource superuser)
    {
        await using var end = superuser.CreateCommand(
            """
            select count(pg_terminate_backend(pid, 60000)) from pg_stat_activity
            where usename = 'awooop_engine' and datname = current_database()
            """);
        await end.ExecuteNonQueryAsync();
    }

    private static async Task EndAFileOfTheLogAsync(DurableServer server)
    {
        await using var superuser = Superuser(server);
        await using var end = superuser.CreateCommand("select pg_switch_wal()");
        await end.ExecuteNonQueryAsync();
    }

    private static NpgsqlDataSource Superuser(DurableServer server) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.Server.SuperuserConnection()) { Database = "awooop" });

    /// <summary>So much is lost then that the copy's log does not grow as long in the meantime.</summary>
    private static async Task UntilBeatPastAFileOfTheLogAsync(DurableServer server)
    {
        await EndAFileOfTheLogAsync(server);
        await using var superuser = Superuser(server);
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
