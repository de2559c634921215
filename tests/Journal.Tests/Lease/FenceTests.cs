using AwoooP.Journal.Commits;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AwoooP.Journal.Tests.Lease;

public sealed class FenceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Commit_OfSiloThatWasDeclaredDead_IsFenced()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromMinutes(10));
        var id = Some.Id("fenced");
        (await host.Journal.CommitAsync(Some.Commit(id, 0), default)).Status.ShouldBe(CommitStatus.Committed);

        // Its own view of the lease is still valid: only the fence in the transaction can stop it.
        await ExecuteAsync("update journal.silo set state = 'dead' where silo_id = 'silo-1'");

        (await host.Journal.CommitAsync(Some.Commit(id, 1), default)).Status.ShouldBe(CommitStatus.Fenced);
        (await host.Journal.ReadAsync(id, default))!.Version.ShouldBe(1);
        host.Health.IsReady.ShouldBeFalse();
    }

    [Fact]
    public async Task Silo_DeclaredDead_DropsItsMemoryAndJoinsAgain()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromSeconds(8));
        var membership = host.Services.GetRequiredService<SiloMembership>();
        var lease = host.Services.GetRequiredService<LeaseGuard>();
        var before = lease.Incarnation!.Number;
        var invalidated = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        membership.MemoryInvalidated += () => invalidated.TrySetResult();

        await ExecuteAsync(
            """
            update journal.partition set owner = null, owner_incarnation = null;
            update journal.silo set state = 'dead' where silo_id = 'silo-1';
            """);

        await invalidated.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.BecomesTrueAsync(() => lease.Incarnation?.Number > before && host.Health.IsReady, "the silo joined again");
        var id = Some.Id("again");
        (await host.Journal.CommitAsync(Some.Commit(id, 0), default)).Status.ShouldBe(CommitStatus.Committed);
    }

    [Fact]
    public async Task Commit_QueuedByAnEarlierIncarnationForAPartitionOfAnotherSilo_IsFenced()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromSeconds(8));
        var lease = host.Services.GetRequiredService<LeaseGuard>();
        var before = lease.Incarnation!.Number;
        var id = Some.Id("queued");

        // The first commit waits in its transaction, and so the second one for its lane, until the silo has joined again without the partition.
        await ExecuteAsync(
            """
            create function journal.wait_for_test() returns trigger language plpgsql as $$
            begin
                while not pg_try_advisory_xact_lock_shared(1) loop perform pg_sleep(0.01); end loop;
                return new;
            end $$;
            create trigger wait_for_test before insert on journal.grain for each row
                when (new.grain_key = 'alpha/in-front') execute function journal.wait_for_test();
            """);
        await using (var block = await postgres.Superuser.OpenConnectionAsync())
        {
            await ExecuteAsync("select pg_advisory_lock(1)", block);
            var writing = host.Journal.CommitAsync(Some.Commit(Some.Id("in-front"), 0), default).AsTask();
            await Eventually.BecomesTrueAsync(
                async () => await CountAsync("select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'") > 0,
                "the first commit is past the fence");
            var queued = host.Journal.CommitAsync(Some.Commit(id, 0), default).AsTask();
            await ExecuteAsync(
                $"""
                insert into journal.silo (silo_id, incarnation, session_name, state, lease, lease_until, started_at)
                values ('other', 1, 'other', 'alive', interval '1 h', clock_timestamp() + interval '1 h', clock_timestamp());
                update journal.partition set owner = null, owner_incarnation = null;
                update journal.partition set owner = 'other', owner_incarnation = 1 where partition = {PartitionMap.Of(id)};
                update journal.silo set state = 'dead' where silo_id = 'silo-1';
                """);
            await Eventually.BecomesTrueAsync(() => lease.Incarnation?.Number > before && host.Health.IsReady, "the silo joined again");
            await ExecuteAsync("select pg_advisory_unlock(1)", block);

            await writing;
            (await queued).Status.ShouldBe(CommitStatus.Fenced);
        }

        (await host.Journal.ReadAsync(id, default)).ShouldBeNull();
        await ExecuteAsync(
            """
            drop trigger wait_for_test on journal.grain;
            drop function journal.wait_for_test;
            update journal.partition set owner = null, owner_incarnation = null where owner = 'other';
            delete from journal.silo where silo_id = 'other';
            """);
    }

    [Fact]
    public async Task Lane_BatchWithCommitsThatMayNoLongerBeWritten_WritesTheOthers()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints);
        var owned = host.Services.GetRequiredService<OwnedPartitions>();
        var current = host.Services.GetRequiredService<LeaseGuard>().Incarnation!;
        var (fine, foreign, moved) = (Pending("fine"), Pending("foreign"), Pending("moved"));
        var earlier = Pending("earlier", new PartitionTenure(PartitionMap.Of(Some.Id("earlier")), current with { Number = current.Number - 1 }));
        owned.Close(current, new HashSet<short> { foreign.Partition, moved.Partition });
        owned.Take(current, [moved.Partition]);

        await host.Services.GetServices<CommitLane>().First().SettleAsync([earlier, fine, foreign, moved]);

        (await fine.Outcome).Status.ShouldBe(CommitStatus.Committed);
        (await earlier.Outcome).Status.ShouldBe(CommitStatus.Fenced);
        (await foreign.Outcome).Status.ShouldBe(CommitStatus.Fenced);
        (await moved.Outcome).Status.ShouldBe(CommitStatus.Fenced);
        (await CountAsync("select count(*) from journal.event where grain_key in ('alpha/earlier', 'alpha/foreign', 'alpha/moved')")).ShouldBe(0);

        PendingCommit Pending(string local, PartitionTenure? writer = null)
        {
            var partition = PartitionMap.Of(Some.Id(local));
            return new(Some.Commit(Some.Id(local), 0), partition, writer ?? owned.TenureOf(partition)!, bytes: 100, queuedAt: 0);
        }
    }

    [Fact]
    public async Task Connection_IncarnationLostWhileItConnected_WritesNothing()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints);
        var lease = host.Services.GetRequiredService<LeaseGuard>();
        await using var connection = new CommitConnection(
            host.Services.GetRequiredService<JournalDataSources>().Commits,
            host.Services.GetRequiredService<PartitionHeads>(),
            host.Services.GetRequiredService<DoubtfulBatches>(),
            host.Services.GetRequiredService<ServerHistory>(),
            lease,
            TimeSpan.FromDays(1),
            TimeProvider.System);

        // At an older copy of the server the next one may bear the same number, so the fence there lets both pass.
        var lost = lease.Incarnation! with { };
        var id = Some.Id("lost");
        var pending = new PendingCommit(Some.Commit(id, 0), PartitionMap.Of(id), new PartitionTenure(PartitionMap.Of(id), lost), bytes: 100, queuedAt: 0);

        var result = await connection.WriteAsync([pending], host.Services.GetRequiredService<SiloIdentity>().SiloId, lost, []);

        result.Status.ShouldBe(WriteStatus.Fenced);
        (await host.Journal.ReadAsync(id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Silo_StartedAfterTheServersClockWasPutBack_WaitsForTheFirstOnesLeaseAndSaysSo()
    {
        // What was left of the lease when it died and all of the step.
        await ExecuteAsync(
            """
            insert into journal.silo (silo_id, incarnation, session_name, state, lease, lease_until, started_at)
            values ('put-back', 1, 'earlier', 'alive', interval '2 s', clock_timestamp() + interval '1 h', clock_timestamp())
            """);
        var warnings = new Warnings();

        await using var host = await JournalHost.StartAsync(
            postgres.Endpoints,
            options => (options.SiloId, options.Lease) = ("put-back", TimeSpan.FromSeconds(2)),
            services => services.AddLogging(logging => logging.AddProvider(warnings)));

        host.Services.GetRequiredService<LeaseGuard>().Incarnation!.Number.ShouldBe(2);
        warnings.Written.Where(static line => line.StartsWith("Silo put-back waits to join", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Silo_StartedTwice_WaitsForTheFirstOnesLeaseAndThenTakesOver()
    {
        var first = JournalHost.Create(postgres.Endpoints, Options);
        var engine = first.Services.GetRequiredService<JournalDataSources>().Engine;
        var identity = first.Services.GetRequiredService<SiloIdentity>();

        // A process that joined and was then stopped in the middle of a transaction that holds the fence.
        var joined = (await JoinSilo.ExecuteAsync(engine, identity, TimeSpan.FromSeconds(2), default)).ShouldNotBeNull();
        await using var connection = await engine.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var fence = new NpgsqlCommand("select pg_advisory_xact_lock_shared(1096239951, $1)", connection) { Parameters = { new() { Value = joined.Fence } } })
            await fence.ExecuteNonQueryAsync();

        await using var second = await JournalHost.StartAsync(postgres.Endpoints, Options);

        second.Services.GetRequiredService<LeaseGuard>().Incarnation!.Number.ShouldBeGreaterThan(joined.Number);
        second.Services.GetRequiredService<IPartitionOwnership>().Owned.Count.ShouldBe(PartitionMap.Count);

        // Its session was ended, so it can hold no lock, and write nothing.
        await Should.ThrowAsync<Exception>(() => transaction.CommitAsync());
        (await RenewLease.ExecuteAsync(engine, identity.SiloId, joined, TimeSpan.FromSeconds(2), default)).ShouldBeNull();

        static void Options(Hosting.JournalOptions options)
        {
            options.SiloId = "twice";
            options.Lease = TimeSpan.FromSeconds(2);
        }
    }

    [Fact]
    public async Task Silo_ThatLeft_LetsTheNextOneInAtOnce()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            // With this lease a wait for it to run out would end the test.
            await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => (options.SiloId, options.Lease) = ("leaves", TimeSpan.FromMinutes(10)));
            host.Services.GetRequiredService<LeaseGuard>().Incarnation!.Number.ShouldBe(turn + 1);
        }
    }

    [Fact]
    public async Task NextIncarnation_AfterCommits_NumbersEventsWithoutGap()
    {
        var id = Some.Id("numbered");
        for (var version = 0; version < 3; version++)
        {
            await using var host = await JournalHost.StartAsync(postgres.Endpoints);
            var outcome = await host.Journal.CommitAsync(Some.Commit(id, version), default);
            outcome.Position.Seq.ShouldBe(version + 1);
        }
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = postgres.Engine.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await postgres.Superuser.OpenConnectionAsync();
        await ExecuteAsync(sql, connection);
    }
}
