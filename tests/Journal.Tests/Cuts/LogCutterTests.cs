using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Tests.Delivery;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Journal.Tests.Cuts;

/// <summary>Months leave the log, and the tables that it makes are the same as before.</summary>
public sealed class LogCutterTests : IAsyncLifetime
{
    private const string RowsSql = "select p::text from records.parent p union all select c::text from records.child c order by 1";

    private static readonly DateOnly February = new(2024, 2, 1);
    private static readonly DateOnly March = new(2024, 3, 1);

    private readonly FamilyProjection _family = new();
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync()
    {
        _delivery = (await DeliveryHarness.CreateAsync()).With(_family);
        await _delivery.ExecuteAsync(FamilyProjection.TableSql);
        for (var month = 1; month <= 3; month++)
            await EventMonth.MakeAsync(_delivery.Database.Owner, 2024, month);
        await _delivery.StartAsync();
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Replay_AfterTheCut_GivesTheSameRowsAsBefore()
    {
        await WriteMonthsAsync();
        var rows = await _delivery.QueryAsync(RowsSql);
        // Streams of intake have numbers of their own.
        await _delivery.ExecuteAsync("insert into journal.cursor (consumer, generation, partition, seq) values ('intake:alerts.v1', 1, 1, 1)");

        var cut = await Cutter().CutAsync(March, CancellationToken.None);

        (cut.Months, cut.Events, cut.Tables).ShouldBe((2, 32L, 2));
        (await EventsAsync("2024-03-01")).ShouldBe("0 16");
        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual && table.Rows > 0);
        (await Replay().ReplayAsync([], CancellationToken.None)).ShouldHaveSingleItem().ShouldBe(new ReplayResult("family", 16, 0));
        (await _delivery.QueryAsync(RowsSql)).ShouldBe(rows);
    }

    [Fact]
    public async Task Cut_AfterAnother_BuildsOnIt()
    {
        await WriteMonthsAsync();
        var rows = await _delivery.QueryAsync(RowsSql);

        (await Cutter().CutAsync(February, CancellationToken.None)).Events.ShouldBe(16);
        (await Cutter().CutAsync(March, CancellationToken.None)).Events.ShouldBe(16);

        (await Replay().ReplayAsync([], CancellationToken.None)).ShouldHaveSingleItem().Events.ShouldBe(16);
        (await _delivery.QueryAsync(RowsSql)).ShouldBe(rows);
        (await _delivery.QueryAsync("select count(*)::text from journal.log_cut")).ShouldBe(["2"]);
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'records\\_cut%'")).ShouldBe(["records_cut"]);
    }

    /// <summary>Commits of one partition are numbered in another order than their times at the turn of a month: each event is applied once all the same.</summary>
    [Fact]
    public async Task Cut_WhereNumbersAndTimesCross_AppliesNoEventTwice()
    {
        var parent = new AggregateId("parent", "p1/crossed");
        await WriteAsync(2, parent, "parent.noted", At(1));
        await WriteAsync(2, new AggregateId("parent", "p1/early"), "parent.noted", At(2));
        var last = await WriteAsync(2, parent, "parent.noted", At(1));
        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        await SettledAsync();

        await Cutter().CutAsync(February, CancellationToken.None);

        (await EventsAsync("2024-02-01")).ShouldBe("0 1");
        (await Replay().ReplayAsync([], CancellationToken.None)).ShouldHaveSingleItem().Events.ShouldBe(0);
        (await _delivery.QueryAsync("select id || ' ' || notes from records.parent order by 1")).ShouldBe(["crossed 2", "early 1"]);
    }

    [Fact]
    public async Task Events_AfterTheCut_AreDeliveredAndNumberedOn()
    {
        await WriteMonthsAsync();
        await Cutter().CutAsync(March, CancellationToken.None);

        var next = await WriteAsync(2, new AggregateId("parent", "p1/f0"), "parent.noted", At(3));

        (await _delivery.PassedAsync(next)).ShouldBeTrue();
        var ends = await new ReadPartitionEnds(_delivery.Database.Engine).ExecuteAsync([1, 2], CancellationToken.None);
        ends[2].ShouldBe(next.Position.Seq);
        await SettledAsync();
        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
    }

    [Fact]
    public async Task Ends_OfAPartitionWhoseEventsAllLeft_AreWhatWasGiven()
    {
        await WriteMonthsAsync(months: 2);
        await Cutter().CutAsync(March, CancellationToken.None);

        var ends = await new ReadPartitionEnds(_delivery.Database.Engine).ExecuteAsync([1, 2, 3], CancellationToken.None);

        ends.ShouldBe(new Dictionary<short, long> { [1] = 8, [2] = 24, [3] = 0 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Cut_OfWhatAConsumerHasNotPassed_IsRefusedAndNothingChanges()
    {
        await WriteMonthsAsync();
        await _delivery.StopAsync();
        await _delivery.ExecuteAsync("insert into journal.cursor (consumer, generation, partition, seq) values ('slow', 1, 1, 3)");

        var refused = await Should.ThrowAsync<CutRefusedException>(() => Cutter().CutAsync(February, CancellationToken.None));

        refused.Message.ShouldContain("slow");
        refused.Message.ShouldNotContain("family");
        (await EventsAsync("2024-02-01")).ShouldBe("16 32");
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'records\\_cut%'")).ShouldBeEmpty();
        (await _delivery.QueryAsync("select before::text from journal.log_cut")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cut_OfADeadLetter_IsRefused()
    {
        var child = await WriteAsync(1, new AggregateId("child", "p1/late"), "child.born", At(1));
        (await _delivery.PassedAsync(child)).ShouldBeTrue();
        await SettledAsync(orphans: 1);

        (await Should.ThrowAsync<CutRefusedException>(() => Cutter().CutAsync(February, CancellationToken.None))).Message.ShouldContain("1 dead letters of family");
    }

    /// <summary>The child was written before its parent, and the month turned in between.</summary>
    [Fact]
    public async Task Cut_BetweenAChildAndItsParent_IsRefused()
    {
        await WriteAsync(1, new AggregateId("child", "p1/late"), "child.born", At(1));
        var parent = await WriteAsync(2, new AggregateId("parent", "p1/late"), "parent.noted", At(2));
        (await _delivery.PassedAsync(parent)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync("select id from records.child")).Count == 1);
        await SettledAsync();

        (await Should.ThrowAsync<CutRefusedException>(() => Cutter().CutAsync(February, CancellationToken.None))).Message.ShouldContain("1 events before the cut");
        (await Cutter().CutAsync(March, CancellationToken.None)).Events.ShouldBe(2);
    }

    [Fact]
    public async Task Cut_ThatSomethingObjectsTo_IsRefusedWithAllThatIsSaid()
    {
        await WriteMonthsAsync();

        var refused = await Should.ThrowAsync<CutRefusedException>(
            () => Cutter(new Objection("A law suit."), new Objection(null), new Objection("Another.")).CutAsync(February, CancellationToken.None));

        refused.Message.ShouldBe("A law suit.\nAnother.");
    }

    [Fact]
    public async Task Cut_OfNothingOrOfTheMonthThatRunsOrOfStrayedEvents_IsRefused()
    {
        await WriteMonthsAsync();

        (await RefusalAsync(new DateOnly(2024, 1, 1))).ShouldContain("no month before 2024-01");
        (await RefusalAsync(new DateOnly(2999, 1, 1))).ShouldContain("the one that ran a day ago");
        await WriteAsync(3, new AggregateId("parent", "p1/strayed"), "parent.noted", new DateTimeOffset(2023, 6, 1, 0, 0, 0, TimeSpan.Zero));
        (await RefusalAsync(February)).ShouldContain("1 events of before 2024-02 are in journal.event_default");
    }

    [Fact]
    public async Task KeptTables_AreClosedToEveryRoleButTheOwner()
    {
        await WriteMonthsAsync();
        await Cutter().CutAsync(February, CancellationToken.None);

        foreach (var role in (NpgsqlDataSource[])[_delivery.Database.App, _delivery.Database.Engine, _delivery.Database.Reader])
        {
            await using var command = role.CreateCommand("select from records_cut.parent");
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }

        (await _delivery.QueryAsync(
            "select relname::text from pg_class where relnamespace = 'records_cut'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)"))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Column_AddedAfterTheCut_HasItsDefaultInARebuild()
    {
        await WriteMonthsAsync();
        await Cutter().CutAsync(March, CancellationToken.None);
        await _delivery.ExecuteAsync("alter table records.parent add column nickname text not null default 'none'");

        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
    }

    private LogCutter Cutter(params ICutObjection[] objections) =>
        new(_delivery.Database.Owner, [_family], objections, removed: null, NullLogger<LogCutter>.Instance);

    private ProjectionReplay Replay() => new(_delivery.Database.Owner, [_family], NullLogger<ProjectionReplay>.Instance);

    private async Task<string> RefusalAsync(DateOnly month) =>
        (await Should.ThrowAsync<CutRefusedException>(() => Cutter().CutAsync(month, CancellationToken.None))).Message;

    private static DateTimeOffset At(int month) => new(2024, month, 15, 8, 0, 0, TimeSpan.Zero);

    private async Task<string> EventsAsync(string before) =>
        (await _delivery.QueryAsync($"select count(*) filter (where at < '{before} 00:00:00+00') || ' ' || count(*) filter (where at >= '{before} 00:00:00+00') from journal.event"))
        .Single();

    /// <summary>In each month three notes of four parents in partition 2, old and new, and a child of each in partition 1.</summary>
    private async Task WriteMonthsAsync(int months = 3)
    {
        RecordedEvent last = null!;
        for (var month = 1; month <= months; month++)
        {
            for (var family = 0; family < 4; family++)
            {
                var parent = new AggregateId("parent", $"p{1 + (family % 2)}/f{(family < 2 ? 0 : month) + family}");
                for (var note = 0; note < 3; note++)
                    await WriteAsync(2, parent, "parent.noted", At(month));
                last = await WriteAsync(1, parent with { Type = "child" }, "child.born", At(month));
            }
        }

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        await SettledAsync();
    }

    private async Task<RecordedEvent> WriteAsync(short partition, AggregateId id, string type, DateTimeOffset at)
    {
        var recorded = _delivery.Writer.Next(partition, id, type);
        recorded = recorded with { At = at.AddSeconds(recorded.Position.Seq) };
        await _delivery.Writer.InsertAsync(recorded);
        _delivery.Observer.OnCommitted([recorded]);
        return recorded;
    }

    /// <summary>Until the stored positions say so too, since a cut goes by them.</summary>
    private Task SettledAsync(int orphans = 0) => DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync(
        "select c.partition::text from journal.cursor c where exists (select from journal.event e where e.partition = c.partition and e.seq > c.seq)")).Count == 0
        && (await _delivery.QueryAsync("select seq::text from journal.dead_letter")).Count == orphans);

    private sealed class Objection(string? reason) : ICutObjection
    {
        public Task<string?> FindAsync(NpgsqlConnection owner, CutPlan plan, CancellationToken cancellationToken) => Task.FromResult(reason);
    }
}
