using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>Whether some consumer still has a wanted event at or before a position, as far as the table tells.</summary>
internal sealed class FindUnpassed(NpgsqlDataSource engine)
{
    private const string Sql =
        """
        select exists (
            select
            from unnest($1::text[], $2::text[]) w(consumer, type)
            left join journal.cursor c on c.consumer = w.consumer and c.partition = $3 and c.generation = $4
            join journal.event e on e.partition = $3 and e.seq > coalesce(c.seq, 0) and e.seq <= $5 and e.type = w.type)
        """;

    public async Task<bool> ExecuteAsync(string[] consumers, string[] types, Position position, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = consumers });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = types });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = position.Partition });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)position.Generation });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position.Seq });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
