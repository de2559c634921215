using AwoooP.Journal.Local;

namespace AwoooP.Silo.Hosting;

/// <summary>Finds PostgreSQL and makes sure that its schema is this build's. A silo never migrates.</summary>
internal static class SiloPostgres
{
    /// <summary>The local cluster, started or adopted, unless another server is named.</summary>
    public static Task<PostgresEndpoints> FindAsync(SiloOptions options, string timeZone, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(options.Postgres)
            ? new LocalPostgres(new LocalPostgresOptions { DataFolder = options.DataFolder, TimeZone = timeZone }).StartAsync(cancellationToken)
            : NamedServer.PrepareAsync(options.Postgres, options.DataFolder, timeZone, cancellationToken);
}
