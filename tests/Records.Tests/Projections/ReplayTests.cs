using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery.Replay;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Records.Tests.Projections;

/// <summary>A rebuild from the log gives every record table as it was, closed to others as it was.</summary>
public sealed class ReplayTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    [Fact]
    public async Task Replay_OfEveryProjection_RebuildsTheSameTables()
    {
        var log = Story.Tell("again").Events.Concat(Endings.Tell("other").Events)
            .Select((recorded, index) => recorded with { Position = new Position(1, 7, index + 1) })
            .ToList();
        await LogRows.AppendAsync(database.Superuser, log);
        foreach (var batch in log.Chunk(9))
            await Projector.ApplyAsync(database.App, batch);
        foreach (var projection in RecordProjections.All)
            await LogRows.MoveAsync(database.Superuser, projection.Name, log.Count);
        var before = await RowsAsync();
        var replay = new ProjectionReplay(database.Owner, RecordProjections.All, RecordProjections.Known, NullLogger<ProjectionReplay>.Instance);

        var differences = await replay.VerifyAsync([], CancellationToken.None);
        var results = await replay.ReplayAsync([], CancellationToken.None).ToListAsync();

        differences.Count.ShouldBe(RecordProjections.All.Sum(projection => projection.Tables.Count));
        differences.ShouldAllBe(difference => difference.IsEqual && difference.Rows > 0);
        results.Select(result => result.Projection).ShouldBe(RecordProjections.All.Select(projection => projection.Name), ignoreOrder: true);
        (await RowsAsync()).ShouldBe(before);
        before.Count.ShouldBeGreaterThan(100);
        await StaysClosedAsync();
    }

    /// <summary>By an answer that says more, a cut by an older build would lose what a newer one wrote.</summary>
    [Fact]
    public void Known_ToTheProjections_IsWhatTheCatalogueKnows()
    {
        foreach (var type in EventCatalog.Default.All)
        {
            RecordProjections.Known.Contains(type.Name, type.Version).ShouldBeTrue(type.Name);
            RecordProjections.Known.Contains(type.Name, type.Version + 1).ShouldBeFalse(type.Name);
        }

        RecordProjections.Known.Contains("incident.reshaped", 1).ShouldBeFalse();
    }

    private async Task StaysClosedAsync()
    {
        foreach (var table in RecordProjections.All.SelectMany(projection => projection.Tables))
        {
            await using var stranger = await database.App.EnterAsync("stranger");
            (await stranger.QueryAsync($"select count(*) from {table}", reader => reader.GetInt64(0))).ShouldBe([0L], table);
            (await stranger.RefusalOfAsync($"delete from {table}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, table);
        }

        await using var owner = await database.Owner.EnterAsync("again");
        (await owner.RefusalOfAsync("delete from public.alert_operation_log")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in RecordProjections.All.SelectMany(projection => projection.Tables))
            rows.AddRange(await database.Superuser.QueryAsync($"select to_jsonb(t)::text from {table} t order by 1", reader => $"{table} {reader.GetString(0)}"));
        return rows;
    }
}
