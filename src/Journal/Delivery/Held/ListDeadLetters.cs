using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>The dead letters, the newest first, each with how many events queue behind it.</summary>
internal sealed class ListDeadLetters(NpgsqlDataSource engine)
{
    private const string Sql =
        """
        select d.id, d.consumer, d.kind, d.generation, d.partition, d.seq, d.grain_type, d.grain_key, d.event_type, d.reason, d.attempts, d.held_at,
               case when d.kind = 'too_deep' then 0 else (
                   select count(*) from journal.dead_letter q
                   where q.project_id = d.project_id and q.consumer = d.consumer and q.generation = d.generation and q.partition = d.partition
                     and q.queue_type = d.queue_type and q.queue_key = d.queue_key and q.kind = 'queued') end
        from journal.dead_letter d
        where d.kind <> 'queued' and ($1::text is null or d.project_id = $1) and ($3::uuid is null or d.id = $3)
        order by d.held_at desc, d.id
        limit $2
        """;

    /// <param name="projectId">Null for those of every project.</param>
    /// <param name="id">Null for all.</param>
    public async Task<IReadOnlyList<DeadLetter>> ExecuteAsync(string? projectId, Guid? id, int limit, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = projectId ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter { Value = id ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        var letters = new List<DeadLetter>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            letters.Add(new DeadLetter(
                rows.GetGuid(0),
                rows.GetString(1),
                DeadLetterKindNames.Parse(rows.GetString(2)),
                new Position(rows.GetInt16(3), rows.GetInt16(4), rows.GetInt64(5)),
                new AggregateId(rows.GetString(6), rows.GetString(7)),
                rows.GetString(8),
                rows.GetString(9),
                rows.GetInt32(10),
                rows.GetFieldValue<DateTimeOffset>(11),
                rows.GetInt64(12)));
        }

        return letters;
    }
}
