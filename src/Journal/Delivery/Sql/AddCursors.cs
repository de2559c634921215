using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>
/// The positions of all consumers in the given partitions. A consumer that has none begins at the beginning, except a reaction that
/// comes to a log that others already react to: it begins at the end, since it must not act on history.
/// </summary>
internal sealed class AddCursors(NpgsqlDataSource engine)
{
    // The sub-select on cursor sees the table as it was before the insert, so reactions that start together start alike.
    private const string Sql =
        """
        with wanted as (
            select c.consumer, c.fresh_at_end, p.partition, p.seq
            from unnest($1::text[], $2::boolean[]) c(consumer, fresh_at_end)
            cross join unnest($3::smallint[], $4::bigint[]) p(partition, seq)
        ), added as (
            insert into journal.cursor (consumer, generation, partition, seq)
            select w.consumer, $5, w.partition,
                   case when w.fresh_at_end and exists (
                            select from journal.cursor o where o.consumer = any($6) and o.generation = $5 and o.partition = w.partition)
                        then w.seq else 0 end
            from wanted w
            on conflict (consumer, partition) do nothing
            returning consumer, partition, seq
        )
        select consumer, partition, seq from added
        union all
        select c.consumer, c.partition, c.seq from journal.cursor c
        where c.consumer = any($1) and c.partition = any($3) and c.generation = $5
        """;

    public async Task<Dictionary<(string Consumer, short Partition), long>> ExecuteAsync(
        string[] consumers, bool[] freshAtEnd, short[] partitions, long[] ends, short generation, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = consumers });
        command.Parameters.Add(new NpgsqlParameter<bool[]> { TypedValue = freshAtEnd });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ends });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = generation });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = consumers.Where((_, i) => freshAtEnd[i]).ToArray() });

        var positions = new Dictionary<(string, short), long>(consumers.Length * partitions.Length);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            positions[(rows.GetString(0), rows.GetInt16(1))] = rows.GetInt64(2);
        return positions;
    }
}
