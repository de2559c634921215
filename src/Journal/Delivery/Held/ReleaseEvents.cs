using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>Takes delivered events out of the hold; answers how many there were.</summary>
internal static class ReleaseEvents
{
    private const string Sql =
        "delete from journal.dead_letter where project_id = $1 and consumer = $2 and generation = $3 and partition = $4 and seq = any($5)";

    public static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string consumer, Position first, string projectId, long[] seqs, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)first.Generation });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = first.Partition });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = seqs });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
