using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Migrations;

/// <summary>
/// Moves the schema up and down, as awooop_owner. Runners wait for each other; every migration is one transaction,
/// except those marked otherwise, which can be run again after a crash in their middle.
/// </summary>
public sealed class MigrationRunner(NpgsqlDataSource owner, MigrationList migrations)
{
    /// <summary>Applies what is pending and answers what that was.</summary>
    /// <exception cref="MigrationException">The list does not fit the database.</exception>
    public async Task<IReadOnlyList<Migration>> UpAsync(CancellationToken cancellationToken)
    {
        await using var session = await MigrationSession.OpenAsync(owner, cancellationToken);
        var connection = session.Connection;
        var status = migrations.Compare(await AppliedMigrations.ReadAsync(connection, cancellationToken));
        foreach (var migration in status.Pending)
        {
            await RunAsync(connection, migration.Up, $"{migration} up", Record(migration), cancellationToken);
        }

        return status.Pending;
    }

    /// <summary>Takes back every migration with a number above <paramref name="target"/>, newest first.</summary>
    public async Task<IReadOnlyList<Migration>> DownAsync(int target, CancellationToken cancellationToken)
    {
        await using var session = await MigrationSession.OpenAsync(owner, cancellationToken);
        var connection = session.Connection;
        var applied = migrations.Compare(await AppliedMigrations.ReadAsync(connection, cancellationToken)).Applied.Select(done => done.Number).ToHashSet();
        var undone = migrations.Migrations.Where(migration => migration.Number > target && applied.Contains(migration.Number)).Reverse().ToList();
        foreach (var migration in undone)
        {
            await RunAsync(connection, migration.Down, $"{migration} down", Forget(migration), cancellationToken);
        }

        return undone;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string script, string name, NpgsqlCommand history, CancellationToken cancellationToken)
    {
        await using var _ = history;
        try
        {
            if (Migration.IsTransactional(script))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await ExecuteAsync(script);
                await RecordAsync();
                await transaction.CommitAsync(cancellationToken);
                return;
            }

            foreach (var statement in SqlScript.Split(script))
                await ExecuteAsync(statement);
            await RecordAsync();
        }
        catch (PostgresException error)
        {
            throw new MigrationException($"{name}: {error.SqlState}: {error.MessageText}");
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        async Task RecordAsync()
        {
            history.Connection = connection;
            await history.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static NpgsqlCommand Record(Migration migration) => new("insert into journal.migration (number, name, checksum) values ($1, $2, $3)")
    {
        Parameters =
        {
            new() { Value = migration.Number, NpgsqlDbType = NpgsqlDbType.Integer },
            new() { Value = migration.Name, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = migration.Checksum, NpgsqlDbType = NpgsqlDbType.Text },
        },
    };

    private static NpgsqlCommand Forget(Migration migration) => new("delete from journal.migration where number = $1")
    {
        Parameters = { new() { Value = migration.Number, NpgsqlDbType = NpgsqlDbType.Integer } },
    };
}
