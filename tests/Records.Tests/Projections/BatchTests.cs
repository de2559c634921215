using AwoooP.Journal;
using Npgsql;

namespace AwoooP.Records.Tests.Projections;

/// <summary>Rows do not depend on how the log was cut into batches.</summary>
public sealed class BatchTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    [Fact]
    public async Task Story_CutAtEveryPoint_GivesTheSameRows()
    {
        var events = Story.Tell("cut").Events;
        var whole = await RowsAsync([events]);

        for (var point = 1; point < events.Count; point++)
            (await RowsAsync([[.. events.Take(point)], [.. events.Skip(point)]])).ShouldBe(whole, $"cut after event {point}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Endings_InSmallBatches_GiveTheSameRows(int size)
    {
        var events = Endings.Tell("small").Events;

        (await RowsAsync(events.Chunk(size))).ShouldBe(await RowsAsync([events]));
    }

    [Fact]
    public async Task Story_ToldByTwoTenants_LivesSideBySide()
    {
        var alone = await RowsAsync([Story.Tell("east").Events]);

        await Projector.ApplyAsync(database.App, Story.Tell("east").Events.Zip(Story.Tell("west").Events).SelectMany(pair => (RecordedEvent[])[pair.First, pair.Second with { Position = pair.Second.Position with { Partition = 8 } }]));

        (await RowsAsync(database.Superuser, "east")).ShouldBe(alone);
        (await RowsAsync(database.Superuser, "west")).Count.ShouldBe(alone.Count);
    }

    [Fact]
    public async Task Values_LongerThanTheirColumns_AreCut()
    {
        var log = new EventLog("long");
        var name = string.Concat(Enumerable.Repeat("𝒜", 300));
        var identity = Story.Identity with { AlertName = name, Namespace = name, Target = name };
        log.Append("alert", Story.Fingerprint, "platform", new Alerts.AlertFired(identity, Story.Classification, Story.Member("a", log) with { Source = name }, 1, new(0, 0, 0, 0, null), null, null));
        log.Append("incident", Story.Incident, name, new Incidents.IncidentOpened(Story.Incident, identity, Story.Classification with { Category = name, NotificationType = name }, Story.Member("a", log), 1, [], new(0, 0, 0, 0, null)));

        var rows = await RowsAsync([log.Events]);

        rows.ShouldContain(row => row.StartsWith("public.incidents", StringComparison.Ordinal) && row.Contains(string.Concat(Enumerable.Repeat("𝒜", 100)) + "\"", StringComparison.Ordinal));
    }

    /// <summary>The rows that batches lead to, in a transaction that is rolled back.</summary>
    private async Task<IReadOnlyList<string>> RowsAsync(IEnumerable<IReadOnlyList<RecordedEvent>> batches)
    {
        await using var connection = await database.App.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var projectId = "";
        foreach (var batch in batches)
        {
            projectId = batch[0].Id.ProjectId;
            await connection.QueryAsync("select set_config('awooop.project_ids', $1, true)", reader => reader.GetString(0), projectId);
            foreach (var projection in RecordProjections.All)
            {
                var wanted = batch.Where(recorded => projection.EventTypes.Contains(recorded.Type)).ToList();
                if (wanted.Count > 0)
                    await projection.ApplyAsync(connection, wanted, CancellationToken.None);
            }
        }

        return await RowsAsync(connection, projectId);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(NpgsqlDataSource source, string projectId)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await RowsAsync(connection, projectId);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(NpgsqlConnection connection, string projectId)
    {
        var rows = new List<string>();
        foreach (var table in RecordProjections.All.SelectMany(projection => projection.Tables))
            rows.AddRange(await connection.QueryAsync($"select to_jsonb(t)::text from {table} t where project_id = $1 order by 1", reader => $"{table} {reader.GetString(0)}", projectId));
        return rows;
    }
}
