using System.Data;
using System.Globalization;
using Npgsql;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>
/// A session that keeps others off the record tables and the log. Rebuilds, cuts of the log and removals of tenants change them, and hold it alone;
/// exports only read them, and hold it together.
/// </summary>
internal sealed class ReplayGuard : IAsyncDisposable
{
    private const string LockSql = "select pg_try_advisory_lock(hashtext('awooop: replay'))";
    private const string LockSharedSql = "select pg_try_advisory_lock_shared(hashtext('awooop: replay'))";
    private const string UnlockSql = "select pg_advisory_unlock_all()";

    // The session says what it is for, to whoever finds it taken. It may be idle for as long as a rebuild takes: neither the server nor a router between
    // may end it for that, and the server learns within a minute that whoever held it is gone. The pool resets all of it.
    private const string EnterSql =
        """
        select set_config('application_name', $1, false), set_config('idle_session_timeout', '0', false), set_config('tcp_keepalives_idle', '30', false),
            set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false)
        """;

    // A key of 64 bits stands in two halves.
    private const string FindHolderSql =
        """
        select a.application_name, a.pid, a.backend_start
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and a.datname = current_database() and l.database = a.datid
          and ((l.classid::bigint << 32) | l.objid::bigint) = hashtext('awooop: replay')::bigint
        order by a.backend_start
        limit 1
        """;

    private const string IsHeldSql = "select exists (select from pg_locks l where l.locktype = 'advisory' and l.granted and l.pid = pg_backend_pid())";

    private ReplayGuard(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <param name="work">The command that it is taken for, as people know it.</param>
    /// <exception cref="GuardRefusedException">Another holds it.</exception>
    public static Task<ReplayGuard> TakeAsync(NpgsqlDataSource owner, string work, CancellationToken cancellationToken) =>
        TakeAsync(owner, LockSql, work, cancellationToken);

    /// <summary>Beside others who take it so, and nobody else.</summary>
    /// <inheritdoc cref="TakeAsync(NpgsqlDataSource, string, CancellationToken)"/>
    public static Task<ReplayGuard> TakeSharedAsync(NpgsqlDataSource owner, string work, CancellationToken cancellationToken) =>
        TakeAsync(owner, LockSharedSql, work, cancellationToken);

    /// <summary>Asks the session itself. False when it ended meanwhile: the lock ended with it, and others may have begun.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (Connection.State != ConnectionState.Open)
            return false;

        try
        {
            await using var command = new NpgsqlCommand(IsHeldSql, Connection);
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>For the moment before a step that cannot be taken back.</summary>
    /// <exception cref="GuardRefusedException">It is not held any more.</exception>
    public async Task EnsureHeldAsync(CancellationToken cancellationToken)
    {
        if (!await IsHeldAsync(cancellationToken))
            throw new GuardRefusedException("The session that kept others off has ended, so another rebuild, cut, removal or export may have begun. The step was not taken: run the same again.");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The pool resets a session only when it is used again.
            if (Connection.State == ConnectionState.Open)
            {
                await using var command = new NpgsqlCommand(UnlockSql, Connection);
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // A session that broke has lost the lock already.
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }

    private static async Task<ReplayGuard> TakeAsync(NpgsqlDataSource owner, string sql, string work, CancellationToken cancellationToken)
    {
        var connection = await owner.OpenConnectionAsync(cancellationToken);
        try
        {
            await using (var enter = new NpgsqlCommand(EnterSql, connection))
            {
                enter.Parameters.Add(new NpgsqlParameter<string> { TypedValue = work });
                await enter.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var command = new NpgsqlCommand(sql, connection);
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!
                ? new ReplayGuard(connection)
                : throw new GuardRefusedException(await DescribeHolderAsync(connection, cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> DescribeHolderAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FindHolderSql, connection);
        await using var holder = await command.ExecuteReaderAsync(cancellationToken);
        if (!await holder.ReadAsync(cancellationToken))
            return "A rebuild of record tables, a cut of the log, or the removal or export of a tenant was running and has ended by now: run the same again.";

        // PostgreSQL tells times of one's own sessions alone.
        var since = holder.IsDBNull(2) ? "" : string.Create(CultureInfo.InvariantCulture, $" since {holder.GetFieldValue<DateTimeOffset>(2):yyyy-MM-dd HH:mm:ss} UTC");
        return string.Create(CultureInfo.InvariantCulture, $"'{holder.GetString(0)}' is running{since}, as PostgreSQL's process {holder.GetInt32(1)}: wait for its end.");
    }
}
