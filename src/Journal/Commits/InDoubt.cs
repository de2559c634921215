using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Commits;

/// <summary>
/// A batch whose connection broke after it was sent. Its server process may still commit it, so before the partitions'
/// next event is numbered that process is ended, and the heads are read from the log. One that waits for synchronous
/// standbys would show when it is ended what they may not have, so a write of our own waits for them before, and again
/// after: once they have that, they have everything before it.
/// </summary>
/// <param name="Session">Whose it was.</param>
internal sealed record InDoubt(ServerSession Session, short[] Partitions)
{
    private const string End =
        """
        select pg_terminate_backend(pid, 200) from pg_stat_activity
        where pid = $1 and backend_start = $2 and application_name = current_setting('application_name')
          and usename = current_user and datname = current_database() and pid <> pg_backend_pid()
        """;

    /// <summary>With a transaction id, so that a server in recovery refuses it as what it is: read-only.</summary>
    private const string Barrier = "select pg_logical_emit_message(true, 'awooop', pg_current_xact_id()::text)";

    private const string Heads =
        """
        select p.partition, greatest(p.seq_floor, coalesce((select max(e.seq) from journal.event e where e.partition = p.partition), 0))
        from journal.partition p where p.partition = any ($1)
        """;

    public async Task ResolveAsync(NpgsqlConnection connection, PartitionHeads heads, CancellationToken cancellationToken)
    {
        await WaitForStandbysAsync(connection, cancellationToken);
        await using (var end = new NpgsqlCommand(End, connection))
        {
            end.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Session.Process });
            end.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = Session.StartedAt, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            // The server waits for the process to end, up to 200 ms each time; no row means that it has.
            while (await end.ExecuteScalarAsync(cancellationToken) is not null)
                cancellationToken.ThrowIfCancellationRequested();
        }

        await WaitForStandbysAsync(connection, cancellationToken);
        await using var read = new NpgsqlCommand(Heads, connection);
        read.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = Partitions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            heads.Load(reader.GetInt16(0), reader.GetInt64(1));
    }

    private static async Task WaitForStandbysAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var write = new NpgsqlCommand(Barrier, connection);
        await write.ExecuteNonQueryAsync(cancellationToken);
    }
}
