namespace AwoooP.Journal.Migrations;

/// <summary>The migrations do not fit together, or do not fit the database.</summary>
public sealed class MigrationException(string message) : Exception(message)
{
    /// <summary>Comes first in every message about a database that is not this build's, whichever of the two is older.</summary>
    public const string SchemaMismatch = "schema_version_mismatch";
}
