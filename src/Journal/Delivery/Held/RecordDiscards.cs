using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>
/// Writes that events were given up for a projection, in the transaction that takes them out of the hold: its rows are as if they had never been,
/// and a rebuild must make the same. Of a project whose rows are being deleted nothing is written.
/// </summary>
internal static class RecordDiscards
{
    private const string Sql =
        """
        insert into journal.discarded_event (project_id, consumer, generation, partition, seq)
        select $1, $2, $3, $4, given_up.seq from unnest($5::bigint[]) given_up(seq)
        where not exists (select from journal.removed_project r where r.id = $1 and r.deleting_since is not null)
        on conflict do nothing
        """;

    /// <param name="first">Of the partition and generation of all.</param>
    public static async Task ExecuteAsync(
        NpgsqlConnection connection, string consumer, Position first, string projectId, long[] seqs, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)first.Generation });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = first.Partition });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = seqs });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
