using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using Npgsql;

namespace AwoooP.Bench;

/// <summary>A PostgreSQL cluster with the journal's schema and the platform's own settings: fsync on, checksums on, row-level security forced.</summary>
internal static class BenchDatabase
{
    /// <param name="folder">Kept when named; else a temporary one is made and removed.</param>
    public static async Task RunAsync(string? folder, Func<LocalPostgres, PostgresEndpoints, Task> run)
    {
        using var data = new DataFolder(folder);
        var server = new LocalPostgres(new LocalPostgresOptions { DataFolder = data.Path });
        try
        {
            var postgres = await server.StartAsync(CancellationToken.None);
            await using (var owner = NpgsqlDataSource.Create(postgres.Owner))
                await new MigrationRunner(owner, new MigrationList([MigrationSource.Journal])).UpAsync(CancellationToken.None);
            await run(server, postgres);
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
        }
    }
}
