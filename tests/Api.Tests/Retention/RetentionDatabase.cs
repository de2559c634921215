using AwoooP.Journal.Migrations;
using AwoooP.Records;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Retention;

/// <summary>A database with the record tables.</summary>
public sealed class RetentionDatabase : PostgresFixture
{
    protected override IReadOnlyList<MigrationSource> Sources => [MigrationSource.Journal, RecordsMigrations.Source];
}
