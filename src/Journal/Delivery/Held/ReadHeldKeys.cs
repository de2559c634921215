using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>
/// What is held back in some partitions, by consumer. A chain that is too deep holds nothing back. A queue whose head has gone,
/// as a rebuild may leave one, waits for nothing but the next attempt; so does one whose dead letter a person gave up while a retry of it was under way.
/// </summary>
internal sealed class ReadHeldKeys(NpgsqlDataSource engine)
{
    private const string Sql =
        """
        select d.consumer, d.partition, d.project_id, d.queue_type, d.queue_key, not bool_or(d.kind = 'fault' and not d.discard_requested)
        from journal.dead_letter d
        where d.partition = any($1) and d.kind <> 'too_deep'
        group by d.consumer, d.partition, d.project_id, d.queue_type, d.queue_key
        """;

    public async Task<ILookup<(string Consumer, short Partition), HeldQueue>> ExecuteAsync(short[] partitions, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        var held = new List<(string Consumer, short Partition, HeldQueue Queue)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            held.Add((rows.GetString(0), rows.GetInt16(1), new HeldQueue(new HeldKey(rows.GetString(2), rows.GetString(3), rows.GetString(4)), rows.GetBoolean(5))));
        return held.ToLookup(row => (row.Consumer, row.Partition), row => row.Queue);
    }
}

/// <param name="IsWaiting">It has no dead letter that stands, and is tried again by itself.</param>
internal readonly record struct HeldQueue(HeldKey Key, bool IsWaiting);
