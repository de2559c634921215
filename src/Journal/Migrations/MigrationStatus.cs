namespace AwoooP.Journal.Migrations;

/// <summary>What a database has and what it lacks.</summary>
public sealed record MigrationStatus(IReadOnlyList<AppliedMigration> Applied, IReadOnlyList<Migration> Pending)
{
    /// <summary>A silo accepts work only on a current database.</summary>
    public bool IsCurrent => Pending.Count == 0;
}

/// <param name="Checksum">SHA-256 of the way up when it was applied.</param>
public sealed record AppliedMigration(int Number, string Name, string Checksum, DateTimeOffset AppliedAt);
