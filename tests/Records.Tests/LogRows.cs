using System.Text;
using AwoooP.Journal;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Tests;

/// <summary>Events in the log itself with the grains that they are of, and how far a consumer has come.</summary>
internal static class LogRows
{
    private const string AppendEvents =
        """
        insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data)
        select partition, 1, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data::json
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            as e (partition, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, trace_id, data)
        """;

    private const string AddGrains =
        """
        insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state)
        select project_id, grain_type, grain_key, min(partition), 1, 1, '{}'
        from unnest($1, $2, $3, $4) as g (partition, project_id, grain_type, grain_key)
        group by project_id, grain_type, grain_key
        on conflict do nothing
        """;

    private const string MoveCursor =
        "insert into journal.cursor (consumer, partition, generation, seq) values ($1, $2, 1, $3) on conflict (consumer, partition) do update set seq = excluded.seq";

    public static async Task AppendAsync(NpgsqlDataSource superuser, IReadOnlyCollection<RecordedEvent> log)
    {
        await using var append = superuser.CreateCommand(AppendEvents);
        Add(append, log, NpgsqlDbType.Smallint, recorded => recorded.Position.Partition);
        Add(append, log, NpgsqlDbType.Smallint, recorded => (short)recorded.TypeVersion);
        Add(append, log, NpgsqlDbType.Bigint, recorded => recorded.Position.Seq);
        Add(append, log, NpgsqlDbType.Bigint, recorded => recorded.Version);
        Add(append, log, NpgsqlDbType.TimestampTz, recorded => recorded.At.ToUniversalTime());
        AddIds(append);
        Add(append, log, NpgsqlDbType.Text, recorded => recorded.Type);
        Add(append, log, NpgsqlDbType.Text, recorded => recorded.Actor);
        Add(append, log, NpgsqlDbType.Text, recorded => recorded.TraceId!);
        Add(append, log, NpgsqlDbType.Text, recorded => Encoding.UTF8.GetString(recorded.Data.Span));
        await append.ExecuteNonQueryAsync();

        await using var grains = superuser.CreateCommand(AddGrains);
        Add(grains, log, NpgsqlDbType.Smallint, recorded => recorded.Position.Partition);
        AddIds(grains);
        await grains.ExecuteNonQueryAsync();

        void AddIds(NpgsqlCommand command)
        {
            Add(command, log, NpgsqlDbType.Text, recorded => recorded.Id.ProjectId);
            Add(command, log, NpgsqlDbType.Text, recorded => recorded.Id.Type);
            Add(command, log, NpgsqlDbType.Text, recorded => recorded.Id.Key);
        }
    }

    /// <param name="partition">That of <see cref="EventLog"/> unless another is said.</param>
    public static async Task MoveAsync(NpgsqlDataSource superuser, string consumer, long seq, short partition = 7)
    {
        await using var connection = await superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(MoveCursor, consumer, partition, seq);
    }

    private static void Add<T>(NpgsqlCommand command, IEnumerable<RecordedEvent> log, NpgsqlDbType type, Func<RecordedEvent, T> value) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. log.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });
}
