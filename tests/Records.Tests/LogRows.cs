using System.Text;
using AwoooP.Journal;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Tests;

/// <summary>Events in the log itself, and how far a consumer has come in partition 7, where they stand.</summary>
internal static class LogRows
{
    private const string Append =
        """
        insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data)
        select 7, 1, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data::json
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as e (type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data)
        """;

    private const string MoveCursor = "insert into journal.cursor (consumer, partition, generation, seq) values ($1, 7, 1, $2) on conflict (consumer, partition) do update set seq = excluded.seq";

    public static async Task AppendAsync(NpgsqlDataSource superuser, IReadOnlyCollection<RecordedEvent> log)
    {
        await using var command = superuser.CreateCommand(Append);
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

    public static async Task MoveAsync(NpgsqlDataSource superuser, string consumer, long seq)
    {
        await using var connection = await superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(MoveCursor, consumer, seq);
    }
}
