using System.Data;
using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>One at a time changes the record tables and the log, whoever is refused is told by whom, and who has lost its guard changes nothing.</summary>
public sealed class ReplayGuardTests : IAsyncLifetime
{
    private const string Oids = "select 'records.parent'::regclass::oid::text";

    private readonly FamilyProjection _family = new();
    private DeliveryHarness _delivery = null!;

    private NpgsqlDataSource Owner => _delivery.Database.Owner;

    public async Task InitializeAsync()
    {
        _delivery = (await DeliveryHarness.CreateAsync()).With(_family);
        await _delivery.ExecuteAsync(FamilyProjection.TableSql);
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Take_WhileAnotherHoldsIt_IsRefusedAndNamesTheHolder()
    {
        await using var held = await ReplayGuard.TakeAsync(Owner, "awooop db cut", CancellationToken.None);

        var refused = await Should.ThrowAsync<GuardRefusedException>(() => Replay().ReplayAsync([], CancellationToken.None).ToListAsync().AsTask());

        refused.Message.ShouldContain("'awooop db cut'");
        refused.Message.ShouldContain($"process {held.Connection.ProcessID}:");
    }

    [Fact]
    public async Task Take_ByExports_IsSharedAmongThemAndKeepsOffTheOthers()
    {
        await using (var first = await ReplayGuard.TakeSharedAsync(Owner, "awooop tenant export one", CancellationToken.None))
        {
            await using (var second = await ReplayGuard.TakeSharedAsync(Owner, "awooop tenant export two", CancellationToken.None))
                (await second.IsHeldAsync(CancellationToken.None)).ShouldBeTrue();

            (await Should.ThrowAsync<GuardRefusedException>(() => Replay().ReplayAsync([], CancellationToken.None).ToListAsync().AsTask())).Message.ShouldContain("'awooop tenant export one'");
        }

        await using var alone = await ReplayGuard.TakeAsync(Owner, "awooop replay", CancellationToken.None);
        await Should.ThrowAsync<GuardRefusedException>(() => ReplayGuard.TakeSharedAsync(Owner, "awooop tenant export one", CancellationToken.None));
    }

    [Fact]
    public async Task Session_WhileItIsHeld_EndsForNoIdleness()
    {
        await _delivery.ExecuteAsync($"alter database \"{_delivery.Database.Database}\" set idle_session_timeout = '1h'");
        await using var held = await ReplayGuard.TakeAsync(Owner, "awooop replay", CancellationToken.None);
        await using var settings = new NpgsqlCommand("select string_agg(s.setting, ' ' order by s.name) from pg_settings s where s.name in ('idle_session_timeout', 'application_name')", held.Connection);

        (await settings.ExecuteScalarAsync()).ShouldBe("awooop replay 0");
    }

    [Fact]
    public async Task Ask_AfterTheSessionHasEnded_SaysSoAndTheNextMayTakeIt()
    {
        await using var lost = await ReplayGuard.TakeAsync(Owner, "awooop replay", CancellationToken.None);
        await lost.EnsureHeldAsync(CancellationToken.None);

        await Sessions.EndAsync(_delivery.Database.Superuser, "awooop replay");

        await Should.ThrowAsync<GuardRefusedException>(() => lost.EnsureHeldAsync(CancellationToken.None));
        (await lost.IsHeldAsync(CancellationToken.None)).ShouldBeFalse();
        lost.Connection.State.ShouldNotBe(ConnectionState.Open);
        await using var next = await ReplayGuard.TakeAsync(Owner, "awooop db cut", CancellationToken.None);
    }

    /// <summary>The last moment before the swap: the tables that were locked for it are as they were, and the copies are left to whoever comes next.</summary>
    [Fact]
    public async Task Replay_WhoseGuardDiesBeforeTheSwap_SwapsNothing()
    {
        await _delivery.StartAsync();
        var last = await _delivery.Writer.WriteAsync(2, new AggregateId("parent", "p1/one"), "parent.noted", tell: _delivery.Observer);
        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        var before = await _delivery.QueryAsync(Oids);

        await Should.ThrowAsync<GuardRefusedException>(() => Replay(new GuardKiller(_delivery.Database.Superuser, "awooop replay")).ReplayAsync([], CancellationToken.None).ToListAsync().AsTask());

        (await _delivery.QueryAsync(Oids)).ShouldBe(before);
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'replay%'")).ShouldBe(["replay_family"]);
        await Replay().ReplayAsync([], CancellationToken.None).ToListAsync();
        (await _delivery.QueryAsync(Oids)).ShouldNotBe(before);
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'replay%'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cut_WhoseGuardDiesBeforeTheMonthsAreDropped_DropsNone()
    {
        await EventMonth.MakeAsync(Owner, 2024, 1);
        var old = _delivery.Writer.Next(2, new AggregateId("parent", "p1/one"), "parent.noted") with { At = new DateTimeOffset(2024, 1, 15, 8, 0, 0, TimeSpan.Zero) };
        await _delivery.Writer.InsertAsync(old);
        var cutter = new LogCutter(Owner, [_family], new EveryEvent(), [], new GuardKiller(_delivery.Database.Superuser, "awooop db cut"), TimeProvider.System, NullLogger<LogCutter>.Instance);

        await Should.ThrowAsync<GuardRefusedException>(() => cutter.CutAsync(new DateOnly(2024, 2, 1), CancellationToken.None));

        (await _delivery.QueryAsync("select before::text from journal.log_cut")).ShouldBeEmpty();
        (await _delivery.QueryAsync("select type from journal.event")).ShouldBe(["parent.noted"]);
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'records\\_cut%'")).ShouldBe(["records_cut_next"], "whoever comes next drops it");
    }

    private ProjectionReplay Replay(IRemovedRows? removed = null) => new(Owner, [_family], new EveryEvent(), NullLogger<ProjectionReplay>.Instance, removed);

    /// <summary>Called once all rows are there.</summary>
    private sealed class GuardKiller(NpgsqlDataSource superuser, string guard) : IRemovedRows
    {
        public Task LeaveOutAsync(NpgsqlConnection owner, string schema, DateTimeOffset? upTo, CancellationToken cancellationToken) =>
            Sessions.EndAsync(superuser, guard);
    }
}
