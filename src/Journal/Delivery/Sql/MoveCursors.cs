using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>Moves positions by compare-and-set and answers which ones moved.</summary>
internal static class MoveCursors
{
    private const string Sql =
        """
        update journal.cursor c set seq = m.next, moved_at = clock_timestamp()
        from unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[]) m(consumer, partition, expected, next)
        where c.consumer = m.consumer and c.partition = m.partition and c.seq = m.expected and c.generation = $5
        returning c.consumer, c.partition
        """;

    /// <summary>Inside the caller's transaction, if there is one; the caller rolls back when fewer moved than asked.</summary>
    public static async Task<HashSet<(string Consumer, short Partition)>> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<CursorMove> moves, short generation, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. moves.Select(move => move.Consumer)] });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. moves.Select(move => move.Partition)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. moves.Select(move => move.From)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. moves.Select(move => move.To)] });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = generation });

        var moved = new HashSet<(string, short)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            moved.Add((rows.GetString(0), rows.GetInt16(1)));
        return moved;
    }
}
