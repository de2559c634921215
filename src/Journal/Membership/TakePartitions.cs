using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Takes those of the wanted partitions that no living incarnation owns, or that are this one's by the table already, for an incarnation
/// that is alive, under a new epoch, and answers them with the heads of their logs.
/// </summary>
internal static class TakePartitions
{
    // In a statement of its own, and in one order for everybody: only a statement that begins once the rows are locked sees every silo
    // that may have taken one of them meanwhile.
    private const string Lock = "select from journal.partition where partition = any ($1) order by partition for no key update";

    private const string Take =
        """
        update journal.partition p set owner = $1, owner_incarnation = $2, epoch = epoch + 1
        where p.partition = any ($3)
          and ((p.owner = $1 and p.owner_incarnation = $2)
               or not exists (select from journal.silo o where o.silo_id = p.owner and o.incarnation = p.owner_incarnation and o.state = 'alive'))
          and exists (select from journal.silo s where s.silo_id = $1 and s.incarnation = $2 and s.state = 'alive')
        """;

    /// <summary>Where retention has dropped the last events of a partition, the floor remembers their numbers.</summary>
    private const string Heads =
        """
        select p.partition, greatest(p.seq_floor, coalesce((select max(e.seq) from journal.event e where e.partition = p.partition), 0))
        from journal.partition p where p.partition = any ($3) and p.owner = $1 and p.owner_incarnation = $2
        """;

    public static async Task<IReadOnlyDictionary<short, long>> ExecuteAsync(
        NpgsqlDataSource engine, string siloId, Incarnation incarnation, short[] wanted, CancellationToken cancellationToken)
    {
        await using (var take = engine.CreateBatch())
        {
            var rows = new NpgsqlBatchCommand(Lock);
            rows.Parameters.Add(Partitions(wanted));
            take.BatchCommands.Add(rows);
            var update = new NpgsqlBatchCommand(Take);
            AddOwner(update.Parameters, siloId, incarnation, wanted);
            take.BatchCommands.Add(update);
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        // After the take is durable: from then on nobody else writes there.
        var heads = new Dictionary<short, long>();
        await using var read = engine.CreateCommand(Heads);
        AddOwner(read.Parameters, siloId, incarnation, wanted);
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            heads[reader.GetInt16(0)] = reader.GetInt64(1);
        return heads;
    }

    private static void AddOwner(NpgsqlParameterCollection parameters, string siloId, Incarnation incarnation, short[] wanted)
    {
        parameters.Add(new NpgsqlParameter<string> { TypedValue = siloId });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation.Number });
        parameters.Add(Partitions(wanted));
    }

    private static NpgsqlParameter<short[]> Partitions(short[] partitions) =>
        new() { TypedValue = partitions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };
}
