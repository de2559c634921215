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
                insert into journal.silo (silo_id, incarnation, session_name, state, lease_until, started_at, address, version)
                values ('away', 1, 'away', 'alive', clock_timestamp() - interval '1 minute', clock_timestamp(), 'away:1', '')
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
                insert into journal.silo (silo_id, incarnation, session_name, state, lease_until, started_at, address, version)
                values ('ghost', 1, 'ghost', 'alive', clock_timestamp() - interval '1 minute', clock_timestamp(), 'ghost:1', '');
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
    public async Task Silos_OnceTheServersClockWasPutForward_AreGivenALeaseToRenewTheirs()
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        var clock = new LaggingClock();
        var cluster = new TestCluster(postgres.Endpoints);
        try
        {
            var silo = await cluster.StartAsync("a", TimeSpan.FromSeconds(2), register: services => services.AddSingleton<TimeProvider>(clock));
            await AddLapsedAsync("gone");
            await Eventually.BecomesTrueAsync(async () => await StateOfAsync("gone") == "dead", "whoever is not there is declared dead");

            // The lease that it gave the others when it joined is over, also by a clock that is behind.
            var (buriedAt, step) = (clock.GetTimestamp(), TimeSpan.FromSeconds(2));
            await Eventually.BecomesTrueAsync(() => clock.GetElapsedTime(buriedAt) > step, "it spares nobody");

            // Seen from here, the server's clock steps forward, and the leases end with it.
            clock.FallBehind(step);
            await AddLapsedAsync("living");
            await Eventually.BecomesTrueAsync(() => Shows(silo, "living"), "the silo has looked");
            await AddLapsedAsync("later");
            await Eventually.BecomesTrueAsync(() => Shows(silo, "later"), "it has looked again");
            (await StateOfAsync("living")).ShouldBe("alive");

            clock.CatchUp();
            await Eventually.BecomesTrueAsync(async () => await StateOfAsync("living") == "dead", "a lease later it has renewed nothing");
        }
        finally
        {
            await cluster.DisposeAsync();
            await postgres.DisposeAsync();
        }

        static bool Shows(JournalHost silo, string other) => silo.Services.GetRequiredService<ClusterMap>().Current.Members.Any(member => member.SiloId == other);

        async Task AddLapsedAsync(string other)
        {
            await using var add = postgres.Superuser.CreateCommand(
                """
                insert into journal.silo (silo_id, incarnation, session_name, state, lease_until, started_at, address, version)
                values ($1, 1, $1, 'alive', clock_timestamp() - interval '1 second', clock_timestamp(), $1 || ':1', '')
                """);
            add.Parameters.Add(new NpgsqlParameter<string> { TypedValue = other });
            await add.ExecuteNonQueryAsync();
        }

        async Task<string> StateOfAsync(string other)
        {
            await using var command = postgres.Superuser.CreateCommand("select state from journal.silo where silo_id = $1");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = other });
            return (string)(await command.ExecuteScalarAsync())!;
        }
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

    /// <summary>Its timers are real. Its time can be behind, and stands still then.</summary>
    private sealed class LaggingClock : TimeProvider
    {
        private long _standing = long.MinValue;

        public override long GetTimestamp() => Volatile.Read(ref _standing) is var standing && standing > long.MinValue ? standing : base.GetTimestamp();

        public void FallBehind(TimeSpan by) => Volatile.Write(ref _standing, GetTimestamp() - (long)(by.TotalSeconds * TimestampFrequency));

        public void CatchUp() => Volatile.Write(ref _standing, long.MinValue);
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
