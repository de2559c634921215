using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>A build that does not know an event makes no tables without it, and drops no month with it.</summary>
public sealed class NewerEventsTests : IAsyncLifetime
{
    private const string Refusal = "The log has events of a newer build (parent.renamed version 1): run this with that build.";
    private const string ShadowsSql = "select nspname::text from pg_namespace where nspname like 'replay%' or nspname like 'records\\_cut%'";
    private const string LiveSql = "select 'records.parent'::regclass::oid::text || ' ' || p::text from records.parent p";

    private static readonly AggregateId Parent = new("parent", "p1/renamed");

    private readonly FamilyProjection _family = new();
    private readonly KnownTypes _older = new("parent.noted", "child.born");
    private readonly KnownTypes _newer = new("parent.noted", "child.born", "parent.renamed");
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync()
    {
        _delivery = await DeliveryHarness.CreateAsync();
        await _delivery.ExecuteAsync(FamilyProjection.TableSql);
        await EventMonth.MakeAsync(_delivery.Database.Owner, 2024, 1);
        await EventMonth.MakeAsync(_delivery.Database.Owner, 2024, 2);
        await WriteAsync("parent.noted", month: 1);
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Replay_OfALogWithATypeOfANewerBuild_IsRefusedAndLeavesNothingBehind()
    {
        await WriteAsync("parent.renamed", month: 2);

        (await Should.ThrowAsync<ReplayException>(() => Replay(_older, _family).ReplayAsync([], CancellationToken.None).ToListAsync().AsTask())).Message.ShouldBe(Refusal);
        (await Should.ThrowAsync<ReplayException>(() => Replay(_older, _family).VerifyAsync([], CancellationToken.None))).Message.ShouldBe(Refusal);
        (await _delivery.QueryAsync(ShadowsSql)).ShouldBeEmpty();

        (await Replay(_newer, _family).ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().Held.ShouldBe(0);
    }

    /// <summary>These tables could not even be copied: nothing of that is begun.</summary>
    [Fact]
    public async Task Replay_OfALogWithATypeOfANewerBuild_IsRefusedBeforeTablesAreMade()
    {
        await WriteAsync("parent.renamed", month: 2);
        await _delivery.ExecuteAsync("create materialized view records.snapshot as select * from records.parent");

        (await Should.ThrowAsync<ReplayException>(() => Replay(_older, _family).ReplayAsync([], CancellationToken.None).ToListAsync().AsTask())).Message.ShouldBe(Refusal);
        (await Should.ThrowAsync<ReplayException>(() => Replay(_newer, _family).ReplayAsync([], CancellationToken.None).ToListAsync().AsTask())).Message.ShouldContain("records.snapshot");
    }

    /// <summary>The live tables are so far ahead then that another pass comes before the last one, and reads past the event.</summary>
    [Fact]
    public async Task Replay_DuringWhosePassANewerBuildWrites_IsRefusedAndChangesNothing()
    {
        var live = await GoLiveAsync();
        var rebuilt = new InterruptedProjection(_family);
        var written = rebuilt.InterruptNextAsync(() => WriteAsNewerBuildAsync(passed: 5_000));

        (await Should.ThrowAsync<ReplayException>(() => Replay(_older, rebuilt).ReplayAsync([], CancellationToken.None).ToListAsync().AsTask())).Message.ShouldBe(Refusal);

        await written;
        await IsUnchangedAsync(live);
    }

    /// <summary>The last moment: every pass is done, and another holds up the swap.</summary>
    [Fact]
    public async Task Replay_DuringWhoseWaitForLocksANewerBuildWrites_IsRefusedAndChangesNothing()
    {
        var live = await GoLiveAsync();
        await using var reader = await _delivery.Database.Superuser.OpenConnectionAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await using (var read = new NpgsqlCommand("select count(*) from records.parent", reader, reading))
            await read.ExecuteScalarAsync();

        var replay = Replay(_older, _family).ReplayAsync([], CancellationToken.None).ToListAsync().AsTask();
        await DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync(
            "select pid::text from pg_stat_activity where datname = current_database() and usename = 'awooop_owner' and wait_event_type = 'Lock'")).Count > 0);
        await WriteAsNewerBuildAsync(passed: 2);
        await reading.RollbackAsync();

        (await Should.ThrowAsync<ReplayException>(() => replay)).Message.ShouldBe(Refusal);
        await IsUnchangedAsync(live);
    }

    /// <summary>Only what goes must be known: the rest is still there for the newer build.</summary>
    [Fact]
    public async Task Plan_OfACutOfATypeOfANewerBuild_IsRefused()
    {
        await WriteAsync("parent.renamed", month: 2);

        (await Should.ThrowAsync<CutRefusedException>(() => Cutter(_older).PlanAsync(new DateOnly(2024, 3, 1), CancellationToken.None))).Message.ShouldBe(Refusal);

        (await Cutter(_older).PlanAsync(new DateOnly(2024, 2, 1), CancellationToken.None)).Events.ShouldBe(1);
        (await Cutter(_newer).PlanAsync(new DateOnly(2024, 3, 1), CancellationToken.None)).Events.ShouldBe(2);
    }

    /// <summary>The event stays, but every later rebuild would begin behind it.</summary>
    [Fact]
    public async Task Cut_WhoseCopiesPassATypeOfANewerBuildThatStays_IsRefusedAndDropsNothing()
    {
        await WriteAsync("parent.renamed", month: 2);
        await WriteAsync("parent.noted", month: 1);
        var february = new DateOnly(2024, 2, 1);

        (await Should.ThrowAsync<CutRefusedException>(() => Cutter(_older).PlanAsync(february, CancellationToken.None))).Message.ShouldBe(Refusal);
        (await Should.ThrowAsync<CutRefusedException>(() => Cutter(_older).CutAsync(february, CancellationToken.None))).Message.ShouldBe(Refusal);

        (await _delivery.QueryAsync("select before::text from journal.log_cut")).ShouldBeEmpty();
        (await _delivery.QueryAsync("select type from journal.event order by seq")).ShouldBe(["parent.noted", "parent.renamed", "parent.noted"]);
        (await _delivery.QueryAsync(ShadowsSql)).ShouldBeEmpty();
        (await Cutter(_newer).CutAsync(february, CancellationToken.None)).Events.ShouldBe(2);
    }

    /// <summary>A row that a rebuild would not leave as it is; answers the live table with it.</summary>
    private async Task<List<string>> GoLiveAsync()
    {
        await _delivery.ExecuteAsync("insert into records.parent (project_id, id, notes) values ('p1', 'renamed', 7)");
        await MoveAsync(1);
        return await _delivery.QueryAsync(LiveSql);
    }

    /// <param name="passed">How far the newer build's projection has come behind it.</param>
    private async Task WriteAsNewerBuildAsync(long passed)
    {
        await WriteAsync("parent.renamed", month: 2);
        await MoveAsync(passed);
    }

    private async Task IsUnchangedAsync(List<string> live)
    {
        (await _delivery.QueryAsync(LiveSql)).ShouldBe(live);
        (await _delivery.QueryAsync(ShadowsSql)).ShouldBeEmpty();
        (await Replay(_newer, _family).ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().ShouldBe(new ReplayResult("family", 1, 0));
        (await _delivery.QueryAsync("select notes::text from records.parent")).ShouldBe(["1"]);
    }

    private Task WriteAsync(string type, int month) => _delivery.Writer.InsertAsync(
        _delivery.Writer.Next(2, Parent, type) with { At = new DateTimeOffset(2024, month, 15, 8, 0, 0, TimeSpan.Zero) });

    private Task MoveAsync(long seq) => _delivery.ExecuteAsync(
        $"insert into journal.cursor (consumer, partition, generation, seq) values ('family', 2, 1, {seq}) on conflict (consumer, partition) do update set seq = excluded.seq");

    private ProjectionReplay Replay(KnownTypes known, IProjection projection) => new(_delivery.Database.Owner, [projection], known, NullLogger<ProjectionReplay>.Instance);

    private LogCutter Cutter(KnownTypes known) =>
        new(_delivery.Database.Owner, [_family], known, [], removed: null, TimeProvider.System, NullLogger<LogCutter>.Instance);
}
