using AwoooP.Journal.Local;
using AwoooP.Silo.Engines;
using Npgsql;

namespace AwoooP.Silo.Hosting;

/// <summary>Refuses to join silos that run the other engine: neither could call the other's grains. Their addresses tell which one it is.</summary>
internal sealed class EngineGuard(PostgresEndpoints postgres) : IHostedService
{
    private const string Sql =
        """
        select s.silo_id from journal.silo s
        where s.state = 'alive' and s.lease_until > clock_timestamp() and (s.address like '%@%') <> $1
        order by s.silo_id limit 1
        """;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(postgres.Engine);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = SiloEndpoint.TellsGeneration });
        if (await command.ExecuteScalarAsync(cancellationToken) is string other)
            throw new InvalidOperationException($"engine_mismatch: {other} of this database runs on the other engine. Stop every silo before the engine is changed.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
