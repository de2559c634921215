using Npgsql;

namespace AwoooP.Journal.Migrations;

/// <summary>A connection that holds the lock of migrations, so that runners work one after the other.</summary>
internal sealed class MigrationSession : IAsyncDisposable
{
    // A migration that waits for a lock makes everybody behind it wait too: better to fail and be started again.
    private const string SessionSettings = "set lock_timeout = '10s'; set statement_timeout = 0; set search_path = pg_catalog";

    // Blocking, and without the lock time-out: another runner may take its time.
    private const string TakeLock = "select pg_advisory_lock(hashtext('awooop: migrations'))";

    // Given back by hand: a pooled connection keeps session locks until it is used again.
    private const string ReleaseLock = "select pg_advisory_unlock(hashtext('awooop: migrations'))";

    private const string CreateHistory =
        """
        create schema if not exists journal;
        create table if not exists journal.migration (
            number integer primary key,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default clock_timestamp()
        );
        comment on table journal.migration is 'Applied migrations; a changed checksum is refused.';
        """;

    private MigrationSession(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    public static async Task<MigrationSession> OpenAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        var connection = await owner.OpenConnectionAsync(cancellationToken);
        try
        {
            foreach (var sql in (string[])[TakeLock, SessionSettings, CreateHistory])
                await ExecuteAsync(connection, sql, cancellationToken);
            return new MigrationSession(connection);
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
            await ExecuteAsync(Connection, ReleaseLock, CancellationToken.None);
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
