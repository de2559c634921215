using System.Data;
using Npgsql;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>A session that lets nobody else rebuild record tables, cut the log or take a tenant out meanwhile.</summary>
internal sealed class ReplayGuard : IAsyncDisposable
{
    private const string LockSql = "select pg_try_advisory_lock(hashtext('awooop: replay'))";
    private const string UnlockSql = "select pg_advisory_unlock(hashtext('awooop: replay'))";

    private ReplayGuard(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <exception cref="ReplayException">Another holds it.</exception>
    public static async Task<ReplayGuard> TakeAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        var connection = await owner.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(LockSql, connection);
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!
                ? new ReplayGuard(connection)
                : throw new ReplayException("A rebuild of record tables, a cut of the log or the removal of a tenant is running: wait for its end.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The pool resets a session only when it is used again. One that broke has lost the lock already.
            if (Connection.State == ConnectionState.Open)
            {
                await using var command = new NpgsqlCommand(UnlockSql, Connection);
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }
}
