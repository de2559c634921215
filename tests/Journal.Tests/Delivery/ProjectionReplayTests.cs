using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Replay;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class ProjectionReplayTests : IAsyncLifetime
{
    private const string RowsSql =
        "select p::text from records.parent p union all select c::text from records.child c union all select f::text from records.family f order by 1";

    private const string OidsSql = "select 'records.parent'::regclass::oid::text union all select 'records.note'::regclass::oid::text";

    /// <summary>Families written before the writer looks whether they were projected.</summary>
    private const int InFlight = 25;

    private readonly FamilyProjection _family = new();
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync()
    {
        _delivery = (await DeliveryHarness.CreateAsync()).With(_family);
        await _delivery.ExecuteAsync(FamilyProjection.TableSql);
        await _delivery.StartAsync();
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Replay_Log_GivesTheSameRowsInTablesOfTheSameShape()
    {
        (await _delivery.PassedAsync(await WriteFamiliesAsync(0, 20))).ShouldBeTrue();
        await SettledAsync();
        var rows = await _delivery.QueryAsync(RowsSql);
        var shape = await _delivery.QueryAsync(FamilyProjection.ShapeSql);
        var oid = await _delivery.QueryAsync("select 'records.parent'::regclass::oid::text");

        var result = (await Replay().ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldHaveSingleItem();

        result.ShouldBe(new ReplayResult("family", 80, 0));
        (await _delivery.QueryAsync(RowsSql)).ShouldBe(rows);
        (await _delivery.QueryAsync(FamilyProjection.ShapeSql)).ShouldBe(shape);
        (await _delivery.QueryAsync("select 'records.parent'::regclass::oid::text")).ShouldNotBe(oid);
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'replay%'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Replay_WhileEventsAreWritten_LosesNoneAndAppliesNoneTwice()
    {
        await WriteFamiliesAsync(0, 10);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            RecordedEvent last = null!;
            for (var i = 10; !stop.IsCancellationRequested || i < 40; i++)
            {
                last = await WriteFamiliesAsync(i, 1);

                // Always some in flight, but no more than can be worked off: the rebuilds take long on a busy machine.
                if (i % InFlight == 0)
                    (await _delivery.PassedAsync(last)).ShouldBeTrue();
            }

            return last;
        });

        for (var i = 0; i < 3; i++)
            await Replay().ReplayAsync(["family"], CancellationToken.None).ToListAsync();
        await stop.CancelAsync();
        (await _delivery.PassedAsync(await writing)).ShouldBeTrue();
        await SettledAsync();

        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual && table.Rows > 0);
        var written = await _delivery.QueryAsync("select count(*)::text from journal.event where type = 'child.born'");
        (await _delivery.QueryAsync("select count(*)::text from records.child")).ShouldBe(written);
    }

    [Fact]
    public async Task Replay_RowsDamagedByHand_AreMadeGood()
    {
        (await _delivery.PassedAsync(await WriteFamiliesAsync(0, 5))).ShouldBeTrue();
        await SettledAsync();
        await _delivery.ExecuteAsync("update records.parent set notes = notes + 7 where id = 'f3'; insert into records.parent values ('p1', 'stranger')");
        var found = (await Replay().VerifyAsync([], CancellationToken.None)).ToDictionary(table => table.Table);
        found["records.parent"].ShouldBe(new TableDifference("records.parent", 6, 2, 1));
        found["records.child"].IsEqual.ShouldBeTrue();

        await Replay().ReplayAsync([], CancellationToken.None).ToListAsync();

        (await Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
    }

    [Fact]
    public async Task Replay_ChildWrittenBeforeItsParent_WaitsForItAsLiveDoes()
    {
        var child = await _delivery.Writer.WriteAsync(1, new AggregateId("child", "p1/late"), "child.born", tell: _delivery.Observer);
        (await _delivery.PassedAsync(child)).ShouldBeTrue();
        (await _delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).Single().Kind.ShouldBe(DeadLetterKind.Waiting);
        await SettledAsync(orphans: 1);
        (await Replay().ReplayAsync([], CancellationToken.None).ToListAsync()).Single().ShouldBe(new ReplayResult("family", 0, 1));

        await _delivery.Writer.WriteAsync(2, new AggregateId("parent", "p1/late"), "parent.noted", tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync("select id from records.child")).Count == 1);
        await SettledAsync();
        (await Replay().ReplayAsync([], CancellationToken.None).ToListAsync()).Single().ShouldBe(new ReplayResult("family", 2, 0));
        (await _delivery.QueryAsync("select id from records.child")).ShouldBe(["late-1"]);
    }

    [Fact]
    public async Task Replay_TableThatCannotBeSwapped_IsRefusedAndNothingChanges()
    {
        await _delivery.ExecuteAsync("create materialized view records.snapshot as select * from records.parent");

        (await Should.ThrowAsync<ReplayException>(() => Replay().ReplayAsync([], CancellationToken.None).ToListAsync().AsTask())).Message.ShouldContain("records.snapshot");
        await Should.ThrowAsync<ReplayException>(() => Replay().ReplayAsync(["unknown"], CancellationToken.None).ToListAsync().AsTask());
        (await _delivery.QueryAsync("select nspname::text from pg_namespace where nspname like 'replay%'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Replay_RefusedAtALaterProjection_TellsWhatItHasSwappedBefore()
    {
        await _delivery.ExecuteAsync(NoteProjection.TableSql);
        await _delivery.ExecuteAsync("create materialized view records.snapshot as select * from records.note");
        var oids = await _delivery.QueryAsync(OidsSql);
        var told = new List<ReplayResult>();

        var refused = await Should.ThrowAsync<ReplayException>(async () =>
        {
            await foreach (var result in Replay(_family, new NoteProjection()).ReplayAsync([], CancellationToken.None))
                told.Add(result);
        });

        refused.Message.ShouldContain("records.snapshot");
        told.ShouldBe([new ReplayResult("family", 0, 0)]);
        (await _delivery.QueryAsync(OidsSql)).Select((oid, table) => oid == oids[table]).ShouldBe([false, true], "the first was swapped, the second was not");
    }

    private ProjectionReplay Replay() => Replay(_family);

    private ProjectionReplay Replay(params IReadOnlyList<IProjection> projections) =>
        new(_delivery.Database.Owner, projections, new EveryEvent(), NullLogger<ProjectionReplay>.Instance);

    /// <summary>Three notes of a parent in one partition, then a child in another.</summary>
    private async Task<RecordedEvent> WriteFamiliesAsync(int first, int count)
    {
        RecordedEvent last = null!;
        for (var i = first; i < first + count; i++)
        {
            var parent = new AggregateId("parent", $"p{1 + (i % 2)}/f{i}");
            for (var note = 0; note < 3; note++)
                await _delivery.Writer.WriteAsync(2, parent, "parent.noted", tell: _delivery.Observer);
            last = await _delivery.Writer.WriteAsync(1, parent with { Type = "child" }, "child.born", tell: _delivery.Observer);
        }

        return last;
    }

    /// <summary>
    /// Until the stored positions say so too, since a rebuild goes by them, and nothing is held but what never had a parent:
    /// a child that overtook its parent waits for a moment, and the rebuild would have it already.
    /// </summary>
    private Task SettledAsync(int orphans = 0) => DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync(
        "select c.partition::text from journal.cursor c where exists (select from journal.event e where e.partition = c.partition and e.seq > c.seq)")).Count == 0
        && (await _delivery.QueryAsync("select seq::text from journal.dead_letter")).Count == orphans);
}
