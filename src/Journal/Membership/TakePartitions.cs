using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Takes the partitions that no living incarnation owns for an incarnation that is alive, and answers every partition it owns with the
/// head of its log.
/// </summary>
internal static class TakePartitions
{
    private const string Take =
        """
        update journal.partition p set owner = $1, owner_incarnation = $2, epoch = epoch + 1
        where p.partition = any ($3)
          and not exists (select from journal.silo o where o.silo_id = p.owner and o.incarnation = p.owner_incarnation and o.state = 'alive')
          and exists (select from journal.silo s where s.silo_id = $1 and s.incarnation = $2 and s.state = 'alive')
        """;

    /// <summary>Where retention has dropped the last events of a partition, the floor remembers their numbers.</summary>
    private const string Heads =
        """
        select p.partition, greatest(p.seq_floor, coalesce((select max(e.seq) from journal.event e where e.partition = p.partition), 0))
        from journal.partition p where p.owner = $1 and p.owner_incarnation = $2
        """;

    public static async Task<IReadOnlyDictionary<short, long>> ExecuteAsync(
        NpgsqlDataSource engine, string siloId, Incarnation incarnation, short[] wanted, CancellationToken cancellationToken)
    {
        await using (var take = engine.CreateCommand(Take))
        {
            take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = siloId });
            take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation.Number });
            take.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = wanted, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        var heads = new Dictionary<short, long>();
        await using var read = engine.CreateCommand(Heads);
        read.Parameters.Add(new NpgsqlParameter<string> { TypedValue = siloId });
        read.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation.Number });
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            heads[reader.GetInt16(0)] = reader.GetInt64(1);
        return heads;
    }
}
