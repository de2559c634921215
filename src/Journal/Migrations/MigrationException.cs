namespace AwoooP.Journal.Migrations;

/// <summary>The migrations do not fit together, or do not fit the database.</summary>
public sealed class MigrationException(string message) : Exception(message);
