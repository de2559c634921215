using AwoooP.Journal.Hosting;
using AwoooP.Journal.Local;

namespace AwoooP.Silo.Hosting;

/// <summary>Finds PostgreSQL: the local cluster, started or adopted, unless another server is named.</summary>
internal static class SiloPostgres
{
    public static Task<PostgresEndpoints> FindAsync(SiloOptions options, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(options.Postgres)
            ? new LocalPostgres(new LocalPostgresOptions { DataFolder = options.DataFolder, TimeZone = options.TimeZone }).StartAsync(cancellationToken)
            : NamedServer.PrepareAsync(options.Postgres, options.DataFolder, options.TimeZone, cancellationToken);

    /// <summary>Gives the journal every role but the owner's: a silo never migrates.</summary>
    /// <param name="endpoint">Null for a process that takes no calls.</param>
    public static void ApplyTo(this PostgresEndpoints postgres, JournalOptions journal, SiloOptions options, ChosenEndpoint? endpoint)
    {
        journal.SiloId = options.Name;
        journal.Engine = postgres.Engine;
        journal.App = postgres.App;
        journal.Reader = postgres.Reader;
        journal.Lease = options.Lease;
        journal.Address = endpoint?.Told;
    }
}
