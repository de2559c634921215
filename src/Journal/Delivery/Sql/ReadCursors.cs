using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>One consumer's positions in some partitions.</summary>
internal sealed class ReadCursors(NpgsqlDataSource engine)
{
    private const string Sql =
        "select c.partition, c.seq from journal.cursor c where c.consumer = $1 and c.generation = $2 and c.partition = any($3)";

    public async Task<Dictionary<short, long>> ExecuteAsync(string consumer, short generation, short[] partitions, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = generation });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = partitions });
        var positions = new Dictionary<short, long>(partitions.Length);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            positions[rows.GetInt16(0)] = rows.GetInt64(1);
        return positions;
    }
}
