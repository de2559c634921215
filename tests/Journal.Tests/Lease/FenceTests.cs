using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
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
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromSeconds(1));
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

    private async Task ExecuteAsync(string sql)
    {
        await using var command = postgres.Superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
