using Npgsql;

namespace AwoooP.Journal.Commits;

/// <summary>
/// A session as the server knows it. The number of its process alone would not do: after a restart of the server, or at another one,
/// it is somebody else's.
/// </summary>
internal readonly record struct ServerSession(int Process, DateTimeOffset StartedAt)
{
    private const string Own = "select pid, backend_start from pg_stat_activity where pid = pg_backend_pid()";

    public static async Task<ServerSession> OfAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Own, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ServerSession(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1));
    }
}
