using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>The last sequence number that each partition has given, also when its event has left the log by retention; 0 for one without any.</summary>
internal sealed class ReadPartitionEnds(NpgsqlDataSource engine)
{
    private const string Sql =
        """
        select p.id, greatest(
            coalesce((select e.seq from journal.event e where e.partition = p.id order by e.seq desc limit 1), 0),
            coalesce((select o.seq_floor from journal.partition o where o.partition = p.id), 0))
        from unnest($1::smallint[]) p(id)
        """;

    public async Task<Dictionary<short, long>> ExecuteAsync(short[] partitions, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        var ends = new Dictionary<short, long>(partitions.Length);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            ends[rows.GetInt16(0)] = rows.GetInt64(1);
        return ends;
    }
}
