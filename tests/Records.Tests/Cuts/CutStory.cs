using AwoooP.Journal;
using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Records.Tests.Cuts;

/// <summary>A story that took months, from March on, in the log, projected and signed; and what cuts and rebuilds make of it.</summary>
internal sealed class CutStory(RecordsDatabase database)
{
    public const string Project = "again";
    public const string Other = "other";

    /// <summary>Two projects one after the other in partition 7, and half a day between two events.</summary>
    private static readonly List<RecordedEvent> Log =
    [
        .. Story.Tell(Project).Events.Concat(Endings.Tell(Other).Events)
            .Select(static (recorded, index) => recorded with { Position = new Position(1, 7, index + 1), At = recorded.At.AddYears(-2).AddHours(12 * index) }),
    ];

    public static int Events => Log.Count;

    public static async Task<CutStory> TellAsync(RecordsDatabase database)
    {
        for (var month = 3; month <= 8; month++)
            await EventMonth.MakeAsync(database.Owner, 2024, month);
        await LogRows.AppendAsync(database.Superuser, Log);
        foreach (var batch in Log.Chunk(9))
            await Projector.ApplyAsync(database.App, batch);
        foreach (var projection in RecordProjections.All)
            await LogRows.MoveAsync(database.Superuser, projection.Name, Log.Count);
        return new CutStory(database);
    }

    public async Task SignAsync()
    {
        await TestSigner.SignAsync(database, Project);
        await TestSigner.SignAsync(database, Other);
    }

    public Task<CutResult> CutAsync(int month) =>
        new LogCutter(database.Owner, RecordProjections.All, RecordProjections.Known, RecordProjections.CutObjections, new RemovedRows(), TimeProvider.System, NullLogger<LogCutter>.Instance)
            .CutAsync(new DateOnly(2024, month, 1), CancellationToken.None);

    public ProjectionReplay Replay() => new(database.Owner, RecordProjections.All, RecordProjections.Known, NullLogger<ProjectionReplay>.Instance, new RemovedRows());

    public async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in RecordProjections.All.SelectMany(static projection => projection.Tables))
            rows.AddRange(await database.Superuser.QueryAsync($"select to_jsonb(t)::text from {table} t order by 1", reader => $"{table} {reader.GetString(0)}"));
        return rows;
    }

    public async Task<long> CountAsync(string sql, params object[] parameters) =>
        (await database.Superuser.QueryAsync(sql, reader => reader.GetInt64(0), parameters)).Single();

    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
