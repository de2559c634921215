using AwoooP.Journal.Migrations;

namespace AwoooP.Records;

/// <summary>The migrations of the record tables, numbered 0100 to 0199.</summary>
public static class RecordsMigrations
{
    public static MigrationSource Source { get; } = new(typeof(RecordsMigrations).Assembly);

    /// <summary>The whole schema: the journal's tables, then these.</summary>
    public static MigrationList WithJournal { get; } = new([MigrationSource.Journal, Source]);
}
