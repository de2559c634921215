using System.Text;
using AwoooP.Journal;
using AwoooP.Journal.Delivery.Replay;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Tests.Projections;

/// <summary>A rebuild from the log gives every record table as it was, closed to others as it was.</summary>
public sealed class ReplayTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    private const string Append =
        """
        insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data)
        select 7, 1, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data::json
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as e (type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data)
        """;

    private const string MoveCursor = "insert into journal.cursor (consumer, partition, generation, seq) values ($1, 7, 1, $2) on conflict (consumer, partition) do update set seq = excluded.seq";

    [Fact]
    public async Task Replay_OfEveryProjection_RebuildsTheSameTables()
    {
        var log = Story.Tell("again").Events.Concat(Endings.Tell("other").Events)
            .Select((recorded, index) => recorded with { Position = new Position(1, 7, index + 1) })
            .ToList();
        await AppendAsync(log);
        foreach (var batch in log.Chunk(9))
            await Projector.ApplyAsync(database.App, batch);
        foreach (var projection in RecordProjections.All)
            await MoveAsync(projection.Name, log.Count);
        var before = await RowsAsync();
        var replay = new ProjectionReplay(database.Owner, RecordProjections.All, NullLogger<ProjectionReplay>.Instance);

        var differences = await replay.VerifyAsync([], CancellationToken.None);
        var results = await replay.ReplayAsync([], CancellationToken.None);

        differences.Count.ShouldBe(RecordProjections.All.Sum(projection => projection.Tables.Count));
        differences.ShouldAllBe(difference => difference.IsEqual && difference.Rows > 0);
        results.Select(result => result.Projection).ShouldBe(RecordProjections.All.Select(projection => projection.Name), ignoreOrder: true);
        (await RowsAsync()).ShouldBe(before);
        before.Count.ShouldBeGreaterThan(100);
        await StaysClosedAsync();
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

    private async Task AppendAsync(List<RecordedEvent> log)
    {
        await using var command = database.Superuser.CreateCommand(Append);
        Add(NpgsqlDbType.Smallint, recorded => (short)recorded.TypeVersion);
        Add(NpgsqlDbType.Bigint, recorded => recorded.Position.Seq);
        Add(NpgsqlDbType.Bigint, recorded => recorded.Version);
        Add(NpgsqlDbType.TimestampTz, recorded => recorded.At.ToUniversalTime());
        Add(NpgsqlDbType.Text, recorded => recorded.Id.ProjectId);
        Add(NpgsqlDbType.Text, recorded => recorded.Id.Type);
        Add(NpgsqlDbType.Text, recorded => recorded.Id.Key);
        Add(NpgsqlDbType.Text, recorded => recorded.Type);
        Add(NpgsqlDbType.Text, recorded => recorded.Actor);
        Add(NpgsqlDbType.Text, recorded => recorded.TraceId!);
        Add(NpgsqlDbType.Text, recorded => Encoding.UTF8.GetString(recorded.Data.Span));
        await command.ExecuteNonQueryAsync();

        void Add<T>(NpgsqlDbType type, Func<RecordedEvent, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. log.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private async Task MoveAsync(string consumer, long seq)
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(MoveCursor, consumer, seq);
    }

    private async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in RecordProjections.All.SelectMany(projection => projection.Tables))
            rows.AddRange(await database.Superuser.QueryAsync($"select to_jsonb(t)::text from {table} t order by 1", reader => $"{table} {reader.GetString(0)}"));
        return rows;
    }
}
