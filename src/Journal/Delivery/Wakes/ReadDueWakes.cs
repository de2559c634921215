using Npgsql;

namespace AwoooP.Journal.Delivery.Wakes;

/// <summary>The wake-ups that are due, oldest first, and when the next one is.</summary>
internal sealed class ReadDueWakes(NpgsqlDataSource engine)
{
    // One descent of ix_wake_partition_due_at a partition; a plain any() over many partitions would sort them all.
    private const string DueSql =
        """
        select w.grain_type, w.grain_key, w.name, w.due_at, w.period
        from unnest($1::smallint[]) p(id)
        cross join lateral (
            select * from journal.wake o where o.partition = p.id and o.due_at <= $2 order by o.due_at limit $3) w
        order by w.due_at
        limit $3
        """;

    private const string NextSql =
        """
        select min(w.due_at)
        from unnest($1::smallint[]) p(id)
        cross join lateral (
            select o.due_at from journal.wake o where o.partition = p.id and o.due_at > $2 order by o.due_at limit 1) w
        """;

    public async Task<(List<DueWake> Due, DateTimeOffset? Next)> ExecuteAsync(short[] partitions, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var batch = engine.CreateBatch();
        var due = new NpgsqlBatchCommand(DueSql);
        due.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        due.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.ToUniversalTime() });
        due.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        batch.BatchCommands.Add(due);
        var next = new NpgsqlBatchCommand(NextSql);
        next.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        next.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.ToUniversalTime() });
        batch.BatchCommands.Add(next);

        var wakes = new List<DueWake>();
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            wakes.Add(new DueWake(
                new WakeKey(new AggregateId(rows.GetString(0), rows.GetString(1)), rows.GetString(2)),
                rows.GetFieldValue<DateTimeOffset>(3),
                rows.IsDBNull(4) ? null : rows.GetTimeSpan(4)));
        }

        await rows.NextResultAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (wakes, rows.IsDBNull(0) ? null : rows.GetFieldValue<DateTimeOffset>(0));
    }
}
