using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using AwoooP.Records;
using Npgsql;

namespace AwoooP.Silo.Hosting;

/// <summary>Refuses to start on a schema that is not this build's.</summary>
internal sealed class SchemaGuard(PostgresEndpoints postgres) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(postgres.Engine);
        await connection.OpenAsync(cancellationToken);
        var migrations = RecordsMigrations.WithJournal;
        var status = migrations.Compare(await AppliedMigrations.ReadAsync(connection, cancellationToken));
        if (!status.IsCurrent)
        {
            throw new MigrationException(
                $"{MigrationException.SchemaMismatch}: {status.Pending.Count} migrations are pending, the first is {status.Pending[0]}. Run ./awooop db up.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
