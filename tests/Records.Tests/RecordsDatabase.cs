using AwoooP.Journal.Migrations;
using AwoooP.Testing;

namespace AwoooP.Records.Tests;

/// <summary>A database with the journal's tables and the record tables.</summary>
public sealed class RecordsDatabase : PostgresFixture
{
    protected override IReadOnlyList<MigrationSource> Sources => [MigrationSource.Journal, RecordsMigrations.Source];
}
