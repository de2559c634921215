using Npgsql;

namespace AwoooP.Journal.Intake.Sql;

/// <summary>
/// Takes partitions under an epoch of their own, and answers where they stand: last number, last time of receipt, and what is open by kind.
/// The epoch comes first, in a statement of its own: it waits for the appends in flight, and only the statements after it see all that
/// will ever be written under the epochs before.
/// </summary>
internal sealed class TakeIntakePartitions(NpgsqlDataSource engine, IPartitionOwnership ownership)
{
    // A cursor may lie above every record that is left, since slots are truncated: numbers go on from the higher one.
    private const string HeadSql =
        """
        select p.partition,
               greatest(coalesce(h.seq, 0), coalesce((select max(c.seq) from journal.cursor c where c.partition = p.partition and c.consumer like 'intake:%'), 0)),
               h.received_at
        from journal.partition p
        left join lateral (
            select i.seq, i.received_at from journal.intake i where i.partition = p.partition order by i.seq desc limit 1) h on true
        where p.partition = any($1)
        """;

    private const string OpenSql =
        """
        select k.kind, p.id, coalesce(c.seq, 0),
               coalesce((select sum(i.items) from journal.intake i where i.partition = p.id and i.kind = k.kind and i.seq > coalesce(c.seq, 0)), 0)::bigint
        from unnest($1::text[]) k(kind)
        cross join unnest($2::smallint[]) p(id)
        left join journal.cursor c on c.consumer = 'intake:' || k.kind and c.partition = p.id
        """;

    /// <summary>Those of the partitions that are this silo's by the table.</summary>
    public async Task<TakenPartitions> ExecuteAsync(short[] partitions, string[] kinds, CancellationToken cancellationToken)
    {
        await using var batch = engine.CreateBatch();
        batch.BatchCommands.Add(ownership.CreateFenceCommand());
        batch.BatchCommands.Add(ownership.CreateEpochCommand(partitions));
        var head = new NpgsqlBatchCommand(HeadSql);
        head.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        batch.BatchCommands.Add(head);
        var open = new NpgsqlBatchCommand(OpenSql);
        open.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = kinds });
        open.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        batch.BatchCommands.Add(open);

        var epochs = new Dictionary<short, long>();
        var heads = new List<TakenHead>();
        var opens = new List<TakenStream>();
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            epochs.Add(rows.GetInt16(0), rows.GetInt64(1));
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (epochs.TryGetValue(rows.GetInt16(0), out var epoch))
                heads.Add(new TakenHead(rows.GetInt16(0), epoch, rows.GetInt64(1), rows.IsDBNull(2) ? DateTimeOffset.UnixEpoch : rows.GetFieldValue<DateTimeOffset>(2)));
        }

        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            opens.Add(new TakenStream(rows.GetString(0), rows.GetInt16(1), rows.GetInt64(2), rows.GetInt64(3)));

        // To the server's word that the transaction has ended: rows arrive before it.
        await rows.NextResultAsync(cancellationToken);
        return new TakenPartitions(heads, opens.ToLookup(static stream => stream.Partition));
    }
}

internal sealed record TakenPartitions(IReadOnlyList<TakenHead> Heads, ILookup<short, TakenStream> Streams);

internal sealed record TakenHead(short Partition, long Epoch, long Head, DateTimeOffset LastReceived);

internal sealed record TakenStream(string Kind, short Partition, long Position, long Items);
