using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Tests.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Journal.Tests.Cuts;

/// <summary>Months leave the log, and the tables that it makes are the same as before.</summary>
public sealed class LogCutterTests : CutTests
{
    private const string RowsSql = "select p::text from records.parent p union all select c::text from records.child c order by 1";

    [Fact]
    public async Task Replay_AfterTheCut_GivesTheSameRowsAsBefore()
    {
        await WriteMonthsAsync();
        var rows = await Delivery.QueryAsync(RowsSql);
        // Streams of intake have numbers of their own.
        await Delivery.ExecuteAsync("insert into journal.cursor (consumer, generation, partition, seq) values ('intake:alerts.v1', 1, 1, 1)");

        var cut = await Cutter().CutAsync(March, CancellationToken.None);

        (cut.Months, cut.Events, cut.Tables).ShouldBe((2, 32L, 2));
        (await EventsAsync("2024-03-01")).ShouldBe("0 16");
        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual && table.Rows > 0);
        (await Replay().ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().ShouldBe(new ReplayResult("family", 16, 0));
        (await Delivery.QueryAsync(RowsSql)).ShouldBe(rows);
    }

    /// <summary>What cannot be put on record is not done, and is begun again like any cut that was refused.</summary>
    [Fact]
    public async Task Cut_ThatCannotBeTold_DropsNothing()
    {
        await WriteMonthsAsync();
        CutPlan? told = null;

        var cutter = new LogCutter(Delivery.Database.Owner, [Family], new EveryEvent(), [], removed: null, TimeProvider.System, NullLogger<LogCutter>.Instance)
        {
            BeforeDrop = (plan, _) =>
            {
                told = plan;
                return Task.FromException(new TimeoutException());
            },
        };

        await Should.ThrowAsync<TimeoutException>(() => cutter.CutAsync(March, CancellationToken.None));

        told.ShouldNotBeNull();
        (told.Months.Count, told.Events).ShouldBe((2, 32L));
        (await Delivery.QueryAsync("select count(*)::text from journal.log_cut")).ShouldBe(["0"]);
        (await Cutter().CutAsync(March, CancellationToken.None)).Events.ShouldBe(32);
    }

    [Fact]
    public async Task Cut_AfterAnother_BuildsOnIt()
    {
        await WriteMonthsAsync();
        var rows = await Delivery.QueryAsync(RowsSql);

        (await Cutter().CutAsync(February, CancellationToken.None)).Events.ShouldBe(16);
        (await Cutter().CutAsync(March, CancellationToken.None)).Events.ShouldBe(16);

        (await Replay().ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().Events.ShouldBe(16);
        (await Delivery.QueryAsync(RowsSql)).ShouldBe(rows);
        (await Delivery.QueryAsync("select count(*)::text from journal.log_cut")).ShouldBe(["2"]);
        (await Delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'records\\_cut%'")).ShouldBe(["records_cut"]);
    }

    /// <summary>Commits of one partition are numbered in another order than their times at the turn of a month: each event is applied once all the same.</summary>
    [Fact]
    public async Task Cut_WhereNumbersAndTimesCross_AppliesNoEventTwice()
    {
        var parent = new AggregateId("parent", "p1/crossed");
        await WriteAsync(2, parent, "parent.noted", At(1));
        await WriteAsync(2, new AggregateId("parent", "p1/early"), "parent.noted", At(2));
        var last = await WriteAsync(2, parent, "parent.noted", At(1));
        (await Delivery.PassedAsync(last)).ShouldBeTrue();
        await SettledAsync();

        await Cutter().CutAsync(February, CancellationToken.None);

        (await EventsAsync("2024-02-01")).ShouldBe("0 1");
        (await Replay().ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem().Events.ShouldBe(0);
        (await Delivery.QueryAsync("select id || ' ' || notes from records.parent order by 1")).ShouldBe(["crossed 2", "early 1"]);
    }

    [Fact]
    public async Task Events_AfterTheCut_AreDeliveredAndNumberedOn()
    {
        await WriteMonthsAsync();
        await Cutter().CutAsync(March, CancellationToken.None);

        var next = await WriteAsync(2, new AggregateId("parent", "p1/f0"), "parent.noted", At(3));

        (await Delivery.PassedAsync(next)).ShouldBeTrue();
        var ends = await new ReadPartitionEnds(Delivery.Database.Engine).ExecuteAsync([1, 2], CancellationToken.None);
        ends[2].ShouldBe(next.Position.Seq);
        await SettledAsync();
        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
    }

    [Fact]
    public async Task Ends_OfAPartitionWhoseEventsAllLeft_AreWhatWasGiven()
    {
        await WriteMonthsAsync(months: 2);
        await Cutter().CutAsync(March, CancellationToken.None);

        var ends = await new ReadPartitionEnds(Delivery.Database.Engine).ExecuteAsync([1, 2, 3], CancellationToken.None);

        ends.ShouldBe(new Dictionary<short, long> { [1] = 8, [2] = 24, [3] = 0 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Plan_OfACut_IsWhatTheCutTakesAndChangesNothing()
    {
        await WriteMonthsAsync();

        var plan = await Cutter().PlanAsync(March, CancellationToken.None);

        plan.Months.ShouldBe(["event_y2024m01", "event_y2024m02"]);
        plan.Events.ShouldBe(32);
        plan.Positions.ShouldBe(new Dictionary<short, long> { [1] = 8, [2] = 24 }, ignoreOrder: true);
        (await EventsAsync("2024-03-01")).ShouldBe("32 16");
        (await Cutter().CutAsync(March, CancellationToken.None)).Events.ShouldBe(plan.Events);
    }

    [Fact]
    public async Task KeptTables_AreClosedToEveryRoleButTheOwner()
    {
        await WriteMonthsAsync();
        await Cutter().CutAsync(February, CancellationToken.None);

        foreach (var role in (NpgsqlDataSource[])[Delivery.Database.App, Delivery.Database.Engine, Delivery.Database.Reader])
        {
            await using var command = role.CreateCommand("select from records_cut.parent");
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }

        (await Delivery.QueryAsync(
            "select relname::text from pg_class where relnamespace = 'records_cut'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)"))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Column_AddedAfterTheCut_HasItsDefaultInARebuild()
    {
        await WriteMonthsAsync();
        await Cutter().CutAsync(March, CancellationToken.None);
        await Delivery.ExecuteAsync("alter table records.parent add column nickname text not null default 'none'");

        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
    }
}
