using AwoooP.Journal.Membership;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AwoooP.Journal.Tests.Cluster;

/// <summary>A silo falls silent without a word.</summary>
public sealed class TakeOverTests
{
    [Fact]
    public async Task Silo_WhoseClockStoodStill_IsTakenOverAndWritesNothingAfter()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        await using var clock = new StoppableClock();
        var cluster = new TestCluster(postgres.Endpoints);
        try
        {
            var zombie = await cluster.StartAsync("a", TimeSpan.FromSeconds(2), register: services => services.AddSingleton<TimeProvider>(clock.Time));
            var lease = zombie.Services.GetRequiredService<LeaseGuard>();
            var id = Some.Id("taken-over");
            (await zombie.Journal.CommitAsync(Some.Commit(id, 0), default)).Status.ShouldBe(CommitStatus.Committed);

            // As a process that was stopped and goes on later: it renews nothing, and believes that its lease still runs.
            clock.Stop();
            var heir = await cluster.StartAsync("b", TimeSpan.FromSeconds(2));
            await Eventually.BecomesTrueAsync(() => TestCluster.OwnedBy(heir).Owned.Count == PartitionMap.Count, "everything is taken over");
            var next = await heir.Journal.CommitAsync(Some.Commit(id, 1), default);
            (next.Status, next.Position.Seq).ShouldBe((CommitStatus.Committed, 2));

            lease.IsValid.ShouldBeTrue();
            var told = new List<CommitStatus>();
            await Eventually.BecomesTrueAsync(
                async () =>
                {
                    told.Add((await zombie.Journal.CommitAsync(Some.Commit(id, 2), default)).Status);
                    return told[^1] == CommitStatus.Fenced;
                },
                "the silo that woke up is fenced");
            told.ShouldNotContain(CommitStatus.Committed);

            // Once its clock goes on it learns what has happened, comes back as another incarnation, and gets its share.
            var before = lease.Incarnation!.Number;
            clock.GoOn();
            await Eventually.BecomesTrueAsync(() => TestCluster.OwnedBy(zombie).Owned.Count == PartitionMap.Count / 2, "it has its share again");
            lease.Incarnation!.Number.ShouldBeGreaterThan(before);
            cluster.FindOwnedTwice().ShouldBeEmpty();
            (await heir.Journal.ReadAsync(id, default))!.Version.ShouldBe(2);
        }
        finally
        {
            clock.GoOn();
            await cluster.DisposeAsync();
            await postgres.DisposeAsync();
        }
    }

    [Fact]
    public async Task Silos_WhoseServerWasAwayForLongerThanTheirLeases_DoNotDeclareEachOtherDead()
    {
        var lease = TimeSpan.FromSeconds(5);
        await using var server = await DurableServer.StartAsync();
        await using var cluster = new TestCluster(server.Endpoints);
        JournalHost[] silos = [await cluster.StartAsync("a", lease), await cluster.StartAsync("b", lease)];
        await cluster.UntilSharedAsync();
        var before = silos.Select(host => host.Services.GetRequiredService<LeaseGuard>().Incarnation).ToList();

        await server.Server.CrashAsync(default);
        await Eventually.BecomesTrueAsync(() => !silos.Any(host => host.Services.GetRequiredService<LeaseGuard>().IsValid), "the leases have run out");
        await server.Server.StartAsync(default);
        await Eventually.BecomesTrueAsync(() => silos.All(host => host.Health.IsReady), "both are ready again");

        silos.Select(host => host.Services.GetRequiredService<LeaseGuard>().Incarnation).ShouldBe(before);
        await cluster.UntilSharedAsync();
    }

    [Fact]
    public async Task Silo_ThatHasJustJoined_GivesOthersALeaseToComeBack()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        var cluster = new TestCluster(postgres.Endpoints);
        try
        {
            // As after the server was away: its lease has run out, and it has not got its next heartbeat through yet.
            await using (var away = postgres.Superuser.CreateCommand(
                """
                insert into journal.silo (silo_id, incarnation, session_name, state, lease, lease_until, started_at, address, version)
                values ('away', 1, 'away', 'alive', interval '10 minutes', clock_timestamp() - interval '1 minute', clock_timestamp(), 'away:1', '')
                """))
                await away.ExecuteNonQueryAsync();

            await cluster.StartAsync("a", TimeSpan.FromMinutes(10));
            await cluster.StartAsync("b", TimeSpan.FromMinutes(10));
            await cluster.UntilSharedAsync();

            await using var state = postgres.Superuser.CreateCommand("select state from journal.silo where silo_id = 'away'");
            (await state.ExecuteScalarAsync()).ShouldBe("alive", "they have looked often since, and their own leases are young");
        }
        finally
        {
            await cluster.DisposeAsync();
            await postgres.DisposeAsync();
        }
    }

    [Fact]
    public async Task DeclareDead_LeaseRenewedSinceTheLook_EndsNoSession()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        await using (var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromMinutes(10)))
        {
            var silo = host.Services.GetRequiredService<SiloIdentity>();
            var incarnation = host.Services.GetRequiredService<LeaseGuard>().Incarnation!;
            var before = await SessionsAsync(postgres, silo);
            before.ShouldNotBeEmpty();
            var look = new SiloRow(silo.SiloId, incarnation.Number, incarnation.Fence, silo.SessionName, Alive: true, TimeSpan.FromSeconds(-1));

            (await DeclareDead.ExecuteAsync(postgres.Engine, look, leaving: false, CancellationToken.None)).ShouldBeFalse();

            // More may have come since; none of these may be gone.
            before.ShouldBeSubsetOf(await SessionsAsync(postgres, silo));
        }

        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task Silo_ThatCannotBeDeclaredDeadYet_KeepsNobodyElseWaiting()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        var cluster = new TestCluster(postgres.Endpoints);
        try
        {
            // Somebody still holds its fence.
            await using var holding = await postgres.Superuser.OpenConnectionAsync();
            await using var ghost = new NpgsqlCommand(
                """
                insert into journal.silo (silo_id, incarnation, session_name, state, lease, lease_until, started_at, address, version)
                values ('ghost', 1, 'ghost', 'alive', interval '2 seconds', clock_timestamp() - interval '1 minute', clock_timestamp(), 'ghost:1', '');
                select pg_advisory_lock(1096239951, fence) from journal.silo where silo_id = 'ghost'
                """,
                holding);
            await ghost.ExecuteNonQueryAsync();

            await cluster.StartAsync("a", TimeSpan.FromSeconds(2));
            await cluster.StartAsync("b", TimeSpan.FromSeconds(2));

            await cluster.UntilSharedAsync();
            (await StateOfGhostAsync()).ShouldBe("alive");
            await using (var letGo = new NpgsqlCommand("select pg_advisory_unlock_all()", holding))
                await letGo.ExecuteNonQueryAsync();
            await Eventually.BecomesTrueAsync(async () => await StateOfGhostAsync() == "dead", "it is declared dead once it can be");
        }
        finally
        {
            await cluster.DisposeAsync();
            await postgres.DisposeAsync();
        }

        async Task<string> StateOfGhostAsync()
        {
            await using var command = postgres.Superuser.CreateCommand("select state from journal.silo where silo_id = 'ghost'");
            return (string)(await command.ExecuteScalarAsync())!;
        }
    }

    [Fact]
    public async Task Silo_ThatFellSilentWhileTheServersClockIsSlewedForward_IsTakenOver()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        var cluster = new TestCluster(postgres.Endpoints);
        try
        {
            // Seen from here the server's clock goes too fast, and each look finds it further ahead.
            await cluster.StartAsync("a", TimeSpan.FromSeconds(2), register: static services => services.AddSingleton<TimeProvider>(new SlowClock()));
            await AddAsync(postgres, "silent", TimeSpan.FromSeconds(2));

            await Eventually.BecomesTrueAsync(async () => await StateOfAsync(postgres, "silent") == "dead", "it is declared dead");
        }
        finally
        {
            await cluster.DisposeAsync();
            await postgres.DisposeAsync();
        }
    }

    [Fact]
    public async Task DeclareDead_LeaseThatRunsByTheServersClock_IsTakenByTheWordOfWhoeverHasSeenItRunOut()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        await AddAsync(postgres, "silent", TimeSpan.FromHours(1));
        var row = (await ReadCluster.ExecuteAsync(postgres.Engine, CancellationToken.None)).Silos.Single();

        (await DeclareDead.ExecuteAsync(postgres.Engine, row, leaving: false, CancellationToken.None)).ShouldBeTrue();

        (await StateOfAsync(postgres, "silent")).ShouldBe("dead");
        await postgres.DisposeAsync();
    }

    private static async Task AddAsync(PostgresFixture postgres, string silo, TimeSpan lease)
    {
        await using var add = postgres.Superuser.CreateCommand(
            """
            insert into journal.silo (silo_id, incarnation, session_name, state, lease, lease_until, started_at, address, version)
            values ($1, 1, $1, 'alive', $2, clock_timestamp() + $2, clock_timestamp(), $1 || ':1', '')
            """);
        add.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo });
        add.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        await add.ExecuteNonQueryAsync();
    }

    private static async Task<string> StateOfAsync(PostgresFixture postgres, string silo)
    {
        await using var command = postgres.Superuser.CreateCommand("select state from journal.silo where silo_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<int>> SessionsAsync(PostgresFixture postgres, SiloIdentity silo)
    {
        await using var command = postgres.Superuser.CreateCommand("select pid from pg_stat_activity where application_name = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = silo.SessionName });
        await using var rows = await command.ExecuteReaderAsync();
        var sessions = new List<int>();
        while (await rows.ReadAsync())
            sessions.Add(rows.GetInt32(0));
        return sessions;
    }

    /// <summary>Its timers are real. Of its time a tenth is missing.</summary>
    private sealed class SlowClock : TimeProvider
    {
        private readonly long _begun = System.GetTimestamp();

        public override long GetTimestamp() => _begun + ((base.GetTimestamp() - _begun) / 10 * 9);
    }

    /// <summary>Goes as fast as the real one, and stands still when it is told to.</summary>
    private sealed class StoppableClock : IAsyncDisposable
    {
        private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

        private readonly CancellationTokenSource _ending = new();
        private readonly Task _driver;
        private volatile bool _isStopped;

        public StoppableClock() => _driver = Task.Run(DriveAsync);

        public FakeClock Time { get; } = new();

        public void Stop() => _isStopped = true;

        public void GoOn() => _isStopped = false;

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            await _driver;
            _ending.Dispose();
        }

        private async Task DriveAsync()
        {
            var last = TimeProvider.System.GetTimestamp();
            while (!_ending.IsCancellationRequested)
            {
                await Task.Delay(Step, CancellationToken.None);
                var passed = TimeProvider.System.GetElapsedTime(last);
                last = TimeProvider.System.GetTimestamp();
                if (!_isStopped)
                    Time.Advance(passed);
            }
        }
    }
}
