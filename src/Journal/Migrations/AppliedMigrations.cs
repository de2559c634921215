using Npgsql;

namespace AwoooP.Journal.Migrations;

/// <summary>Reads what a database has. A database that was never migrated has nothing.</summary>
public static class AppliedMigrations
{
    private const string Exists = "select to_regclass('journal.migration') is not null";
    private const string Read = "select number, name, checksum, applied_at from journal.migration order by number";

    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand(Exists, connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
            return [];

        var applied = new List<AppliedMigration>();
        await using var read = new NpgsqlCommand(Read, connection);
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            applied.Add(new AppliedMigration(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return applied;
    }
}
