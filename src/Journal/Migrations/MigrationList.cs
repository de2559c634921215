using Npgsql;

namespace AwoooP.Journal.Migrations;

/// <summary>The migrations of several sources as one list, in order of their numbers.</summary>
public sealed class MigrationList
{
    /// <exception cref="MigrationException">Two migrations bear one number.</exception>
    public MigrationList(IEnumerable<MigrationSource> sources)
    {
        Migrations = [.. sources.SelectMany(source => source.Migrations).OrderBy(migration => migration.Number)];
        foreach (var (first, second) in Migrations.Zip(Migrations.Skip(1)))
            if (first.Number == second.Number)
                throw new MigrationException($"{first} and {second} bear the same number.");
    }

    public IReadOnlyList<Migration> Migrations { get; }

    /// <summary>What a database has of these, read as any role; a silo starts only when that is everything.</summary>
    /// <exception cref="MigrationException">An applied migration has changed since, or is not known here.</exception>
    public async Task<MigrationStatus> ReadStatusAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return Compare(await AppliedMigrations.ReadAsync(connection, cancellationToken));
    }

    /// <exception cref="MigrationException">An applied migration has changed since, or is not known here.</exception>
    public MigrationStatus Compare(IReadOnlyList<AppliedMigration> applied)
    {
        var known = Migrations.ToDictionary(migration => migration.Number);
        foreach (var done in applied)
        {
            if (!known.TryGetValue(done.Number, out var migration))
            {
                throw new MigrationException(
                    $"{MigrationException.SchemaMismatch}: the database is newer than this build, which does not know its migration {done.Number:0000}_{done.Name}. "
                    + "Go on with the newer build, or take that migration back with the newer build, './awooop db down N'.");
            }

            if (migration.Checksum != done.Checksum)
            {
                throw new MigrationException(
                    $"{MigrationException.SchemaMismatch}: migration {migration} has changed since it was applied. Restore it, and make the change in a new migration.");
            }
        }

        var numbers = applied.Select(done => done.Number).ToHashSet();
        return new MigrationStatus(applied, [.. Migrations.Where(migration => !numbers.Contains(migration.Number))]);
    }
}
