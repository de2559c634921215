using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using Npgsql;

namespace AwoooP.Testing;

/// <summary>A migrated PostgreSQL server of a test's own, with fsync, that the test may crash and start again.</summary>
public sealed class DurableServer : IAsyncDisposable
{
    private DurableServer(LocalPostgres server, PostgresEndpoints endpoints)
    {
        Server = server;
        Endpoints = endpoints;
    }

    public LocalPostgres Server { get; }

    public PostgresEndpoints Endpoints { get; }

    public static async Task<DurableServer> StartAsync(params IEnumerable<MigrationSource> sources)
    {
        var options = new LocalPostgresOptions { DataFolder = TestServer.NewFolder(), Settings = new Dictionary<string, string> { ["shared_buffers"] = "64MB" } };
        var server = new LocalPostgres(options);
        var endpoints = await server.StartAsync(CancellationToken.None);
        await using var owner = NpgsqlDataSource.Create(endpoints.Owner);
        await new MigrationRunner(owner, new MigrationList([MigrationSource.Journal, .. sources])).UpAsync(CancellationToken.None);
        return new DurableServer(server, endpoints);
    }

    /// <summary>Ends the server as a crash would, and starts it again; it recovers from the write-ahead log.</summary>
    public async Task CrashAndRestartAsync()
    {
        await Server.CrashAsync(CancellationToken.None);
        await Server.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await Server.CrashAsync(CancellationToken.None);
}
