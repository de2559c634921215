using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>Where the events stand that were given up for a projection, of every tenant, those that still wait to leave the queue too.</summary>
internal static class ReadDiscards
{
    private const string Sql =
        """
        select g.generation, g.partition, g.seq from journal.discarded_event g where g.consumer = $1
        union
        select d.generation, d.partition, d.seq from journal.dead_letter d where d.consumer = $1 and d.discard_requested and d.kind <> 'too_deep'
        """;

    public static async Task<HashSet<Position>> ExecuteAsync(NpgsqlConnection owner, string consumer, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, owner);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        var found = new HashSet<Position>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add(new Position(rows.GetInt16(0), rows.GetInt16(1), rows.GetInt64(2)));
        return found;
    }
}
