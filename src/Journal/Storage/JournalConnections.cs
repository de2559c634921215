using Npgsql;

namespace AwoooP.Journal.Storage;

/// <param name="Engine">Role awooop_engine: the journal across tenants.</param>
/// <param name="App">Role awooop_app: what projections write as.</param>
internal sealed record JournalConnections(NpgsqlDataSource Engine, NpgsqlDataSource App)
{
    /// <summary>Of the same role as <see cref="Engine"/>: what the intake log is written over.</summary>
    public NpgsqlDataSource Appends { get; init; } = Engine;
}
