using AwoooP.Journal.Membership;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AwoooP.Journal.Tests.Cluster;

/// <summary>One step of a hand-over after the other, and each of them failing.</summary>
public sealed class HandOverTests : IAsyncLifetime
{
    /// <summary>A hand-over that failed is tried again a lease later, which makes a short test. A machine that stands still for a moment must not end it.</summary>
    private static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(4);

    private readonly PostgresFixture _postgres = new();
    private readonly RecordingRelease _release = new();

    public Task InitializeAsync() => _postgres.InitializeAsync();

    public Task DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task Release_WhileItRuns_CommitsOfThePartitionsAreWritten()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var mayGo = new TaskCompletionSource();
        var asked = new TaskCompletionSource<IReadOnlySet<short>>();
        _release.Release = (partitions, _) =>
        {
            asked.TrySetResult(partitions);
            return mayGo.Task;
        };
        var a = await StartAsync(cluster, "a", TimeSpan.FromSeconds(30));
        await cluster.StartAsync("b");
        var partition = (await asked.Task.WaitAsync(TimeSpan.FromSeconds(60))).First();
        var id = IdIn(partition);

        (await a.Journal.CommitAsync(Some.Commit(id, 0), default)).Status.ShouldBe(CommitStatus.Committed);
        var tenure = TestCluster.OwnedBy(a).TenureOf(partition);
        mayGo.SetResult();
        await cluster.UntilSharedAsync();

        TestCluster.OwnedBy(a).Covers(tenure).ShouldBeFalse();
        (await a.Journal.CommitAsync(Some.Commit(id, 1), default)).Status.ShouldBe(CommitStatus.Fenced);
        var next = await cluster["b"].Journal.CommitAsync(Some.Commit(id, 1), default);
        (next.Status, next.Position.Seq).ShouldBe((CommitStatus.Committed, 2));
    }

    [Fact]
    public async Task Partitions_LeaveAsTheyAreLetGoOf()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        short? slow = null;
        var isSlowOver = false;
        _release.Release = static (_, token) => Task.Delay(10, token);
        _release.Choose = partitions =>
        {
            slow ??= partitions.First();
            return Volatile.Read(ref isSlowOver) ? partitions : partitions.Where(partition => partition != slow).ToHashSet();
        };
        var a = await StartAsync(cluster, "a", TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        var b = await cluster.StartAsync("b");

        await Eventually.BecomesTrueAsync(() => TestCluster.OwnedBy(b).Owned.Count > 1, "those that are empty have moved");
        TestCluster.OwnedBy(a).Contains(slow!.Value).ShouldBeTrue();
        (await a.Journal.CommitAsync(Some.Commit(IdIn(slow.Value), 0), default)).Status.ShouldBe(CommitStatus.Committed);

        Volatile.Write(ref isSlowOver, true);
        await cluster.UntilSharedAsync();
    }

    [Fact]
    public async Task Release_ThatFails_KeepsThePartitionsAndIsTriedAgain()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var refuses = true;
        _release.Release = (_, _) => Volatile.Read(ref refuses) ? throw new InvalidOperationException("not now") : Task.CompletedTask;
        var a = await StartAsync(cluster, "a", ShortLease);
        await cluster.StartAsync("b");

        await Eventually.BecomesTrueAsync(() => _release.KeptTimes > 1, "it was tried twice");
        TestCluster.OwnedBy(a).Owned.Count.ShouldBe(PartitionMap.Count);
        (await a.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 0), default)).Status.ShouldBe(CommitStatus.Committed);

        Volatile.Write(ref refuses, false);
        await cluster.UntilSharedAsync();
    }

    [Fact]
    public async Task HandOver_ThatFailsInAnUnforeseenWay_KeepsThePartitionsAndIsTriedAgain()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var progress = new FailingProgress();
        await cluster.StartAsync(
            "a", ShortLease, register: services => services.AddSingleton<IPartitionRelease>(_release).AddSingleton<IPartitionProgress>(progress));
        await cluster.StartAsync("b");

        await Eventually.BecomesTrueAsync(() => _release.KeptTimes > 0, "those that let go of them learn that they stay");

        progress.Heal();
        await cluster.UntilSharedAsync();
    }

    [Fact]
    public async Task Release_ThatTakesTooLong_IsLeftBehind()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var isCancelled = new TaskCompletionSource();
        _release.Release = async (_, token) =>
        {
            await using var registration = token.Register(() => isCancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        };
        await StartAsync(cluster, "a", releaseTimeout: TimeSpan.FromMilliseconds(50));
        await cluster.StartAsync("b");

        await cluster.UntilSharedAsync();
        await isCancelled.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Partitions_WithACommitInFlight_MoveOnlyWhenItIsSettled()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var a = await StartAsync(cluster, "a", TimeSpan.FromSeconds(30));
        await ExecuteAsync(
            """
            create function journal.wait_for_test() returns trigger language plpgsql as $$
            begin
                while not pg_try_advisory_xact_lock_shared(1) loop perform pg_sleep(0.01); end loop;
                return new;
            end $$;
            create trigger wait_for_test before insert on journal.grain for each row execute function journal.wait_for_test();
            """);

        // One commit in flight, another behind it in the queue.
        var asked = new TaskCompletionSource<IReadOnlySet<short>>();
        var mayGo = new TaskCompletionSource();
        _release.Release = (partitions, _) =>
        {
            asked.TrySetResult(partitions);
            return mayGo.Task;
        };
        await using var block = await _postgres.Superuser.OpenConnectionAsync();
        await ExecuteAsync("select pg_advisory_lock(1)", block);
        await cluster.StartAsync("b");
        var moving = await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var (first, second) = (IdIn(moving.First()), IdIn(moving.Last()));
        var writing = a.Journal.CommitAsync(Some.Commit(first, 0), default).AsTask();
        await Eventually.BecomesTrueAsync(
            async () => await CountAsync("select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'") > 0,
            "the commit is past the fence");
        var queued = a.Journal.CommitAsync(Some.Commit(second, 0), default).AsTask();
        mayGo.SetResult();

        await Eventually.BecomesTrueAsync(() => !TestCluster.OwnedBy(a).Contains(moving.First()), "the tenure has ended");
        (await CountAsync($"select count(*) from journal.partition where owner = 'a' and partition in ({string.Join(',', moving)})")).ShouldBe(moving.Count);
        writing.IsCompleted.ShouldBeFalse();
        await ExecuteAsync("select pg_advisory_unlock(1)", block);

        (await writing).Status.ShouldBe(CommitStatus.Committed);
        (await queued).Status.ShouldBe(CommitStatus.Fenced);
        await cluster.UntilSharedAsync();
        var next = await cluster["b"].Journal.CommitAsync(Some.Commit(first, 1), default);
        (next.Status, next.Position.Seq).ShouldBe((CommitStatus.Committed, 2));
    }

    [Fact]
    public async Task Partitions_WhoseReleaseIsNotAnswered_AreTakenUpAgainOrBelongToTheOther()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var a = await StartAsync(cluster, "a", ShortLease);
        var ended = 0;
        _release.Release = async (_, _) =>
        {
            // While this session looks, whoever tries to release is ended, a few times.
            if (Interlocked.Increment(ref ended) <= 3)
                await ExecuteAsync(
                    """
                    create or replace function journal.end_for_test() returns trigger language plpgsql as $$
                    begin
                        perform pg_terminate_backend(pg_backend_pid());
                        perform pg_sleep(1);
                        return new;
                    end $$;
                    create or replace trigger end_for_test before update on journal.partition for each row when (new.owner is null)
                        execute function journal.end_for_test();
                    """);
            else
                await ExecuteAsync("drop trigger if exists end_for_test on journal.partition");
        };
        await cluster.StartAsync("b");

        await cluster.UntilSharedAsync();
        ended.ShouldBeGreaterThan(3);
        cluster.FindOwnedTwice().ShouldBeEmpty();
        (await a.Journal.CommitAsync(Some.Commit(IdIn(TestCluster.OwnedBy(a).Owned.First()), 0), default)).Status.ShouldBe(CommitStatus.Committed);
    }

    [Fact]
    public async Task ReleaseOfEarlier_WhilePartitionsWereTakenUpAgain_DoesNothing()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var a = await StartAsync(cluster, "a", TimeSpan.FromSeconds(30));
        var incarnation = a.Services.GetRequiredService<LeaseGuard>().Incarnation!;
        short[] some = [1, 2, 3];

        // As a release whose answer was lost would find them.
        await TakePartitions.ExecuteAsync(_postgres.Engine, "a", incarnation, some[..1], default);
        var released = await ReleasePartitions.ExecuteAsync(_postgres.Engine, "a", incarnation with { Number = incarnation.Number - 1 }, some.ToHashSet(), default);

        released.ShouldBeEmpty();
        (await CountAsync("select count(*) from journal.partition where owner = 'a'")).ShouldBe(PartitionMap.Count);
    }

    [Fact]
    public async Task Silo_ThatIsDeclaredDeadInTheMiddleOfARelease_GivesNothingOfItsNextIncarnationAway()
    {
        await using var cluster = new TestCluster(_postgres.Endpoints);
        var asked = new TaskCompletionSource();
        var mayGo = new TaskCompletionSource();
        _release.Release = (_, _) =>
        {
            asked.TrySetResult();
            return mayGo.Task;
        };
        var a = await StartAsync(cluster, "a", TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(60));
        var lease = a.Services.GetRequiredService<LeaseGuard>();
        var before = lease.Incarnation;
        var b = await cluster.StartAsync("b", TimeSpan.FromMinutes(1));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));

        // B is gone, and A comes back as the only one: all of it is its own while the release of its earlier life still runs.
        await cluster.StopAsync("b");
        await ExecuteAsync("update journal.silo set state = 'dead' where silo_id = 'a'");
        await Eventually.BecomesTrueAsync(() => lease.Incarnation is { } now && !ReferenceEquals(now, before) && a.Health.IsReady, "the silo joined again");
        TestCluster.OwnedBy(a).Owned.Count.ShouldBe(PartitionMap.Count);
        mayGo.SetResult();
        await cluster.StartAsync("c");

        await cluster.UntilSharedAsync();
        cluster.FindOwnedTwice().ShouldBeEmpty();
    }

    private static AggregateId IdIn(short partition) => Enumerable.Range(0, int.MaxValue)
        .Select(number => Some.Id($"in-{partition}-{number}")).First(id => PartitionMap.Of(id) == partition);

    private Task<JournalHost> StartAsync(TestCluster cluster, string silo, TimeSpan? lease = null, TimeSpan? releaseTimeout = null) =>
        cluster.StartAsync(silo, lease, releaseTimeout, services => services.AddSingleton<IPartitionRelease>(_release));

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _postgres.Superuser.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _postgres.Superuser.OpenConnectionAsync();
        await ExecuteAsync(sql, connection);
    }

    private sealed class FailingProgress : IPartitionProgress
    {
        private volatile bool _isHealed;

        public void Heal() => _isHealed = true;

        public Task StoreAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken) =>
            _isHealed ? Task.CompletedTask : throw new InvalidOperationException("no such thing");
    }
}
