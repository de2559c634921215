using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>What the admin page asks of the dead letters.</summary>
internal sealed class DeadLetterQueries(NpgsqlDataSource engine)
{
    private const string ListSql =
        """
        select d.id, d.consumer, d.kind, d.generation, d.partition, d.seq, d.grain_type, d.grain_key, d.event_type, d.reason, d.attempts, d.held_at,
               case when d.kind = 'too_deep' then 0 else (
                   select count(*) from journal.dead_letter q
                   where q.project_id = d.project_id and q.consumer = d.consumer and q.generation = d.generation and q.partition = d.partition
                     and q.queue_type = d.queue_type and q.queue_key = d.queue_key and q.kind = 'queued') end
        from journal.dead_letter d
        where d.kind <> 'queued' and ($1::text is null or d.project_id = $1)
        order by d.held_at desc, d.id
        limit $2
        """;

    private const string FindSql =
        "select d.consumer, d.partition, d.seq, d.project_id, d.queue_type, d.queue_key, d.kind = 'too_deep' from journal.dead_letter d where d.id = $1";

    private const string RequestSql =
        "update journal.dead_letter set retry_requested_at = clock_timestamp(), discard_requested = discard_requested or $2 where id = $1";

    private const string RequestedSql =
        "select d.id from journal.dead_letter d where d.retry_requested_at is not null and d.partition = any($1) and d.id <> all($2) limit 100";

    private const string AnsweredSql = "update journal.dead_letter set retry_requested_at = null where id = $1";

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(string? projectId, int limit, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(ListSql);
        command.Parameters.Add(new NpgsqlParameter { Value = projectId ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var letters = new List<DeadLetter>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            letters.Add(new DeadLetter(
                rows.GetGuid(0),
                rows.GetString(1),
                KindOf(rows.GetString(2)),
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

    public async Task<HeldPlace?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(FindSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            return null;
        var key = new HeldKey(rows.GetString(3), rows.GetString(4), rows.GetString(5));
        return new HeldPlace(rows.GetString(0), rows.GetInt16(1), new HeldTarget(key, rows.GetBoolean(6) ? rows.GetInt64(2) : null));
    }

    /// <summary>Asks whoever owns the partition.</summary>
    public async Task RequestAsync(Guid id, bool discard, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(RequestSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = discard });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<List<Guid>> ReadRequestedAsync(short[] partitions, Guid[] except, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(RequestedSql);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = except });
        var ids = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            ids.Add(rows.GetGuid(0));
        return ids;
    }

    public async Task AnswerAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(AnsweredSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static DeadLetterKind KindOf(string name) => name switch
    {
        "fault" => DeadLetterKind.Fault,
        "too_deep" => DeadLetterKind.TooDeep,
        "waiting" => DeadLetterKind.Waiting,
        _ => DeadLetterKind.Queued,
    };
}

/// <summary>Where a dead letter is held.</summary>
internal sealed record HeldPlace(string Consumer, short Partition, HeldTarget Target);
