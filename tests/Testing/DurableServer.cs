using System.Diagnostics;
using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using Npgsql;

namespace AwoooP.Testing;

/// <summary>A migrated PostgreSQL server of a test's own, with fsync, that the test may crash and start again.</summary>
public sealed class DurableServer : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Settings = new(PostgresRecovery.Settings) { ["shared_buffers"] = "64MB" };

    private readonly string _folder;
    private readonly MigrationList _migrations;

    private DurableServer(LocalPostgres server, string folder, PostgresEndpoints endpoints, MigrationList migrations)
    {
        Server = server;
        Endpoints = endpoints;
        _folder = folder;
        _migrations = migrations;
    }

    private string Cluster => Path.Combine(_folder, "postgres", "cluster");

    public LocalPostgres Server { get; }

    public PostgresEndpoints Endpoints { get; }

    public static async Task<DurableServer> StartAsync(params IEnumerable<MigrationSource> sources)
    {
        var folder = TestServer.NewFolder();
        var server = new LocalPostgres(new LocalPostgresOptions { DataFolder = folder, Settings = Settings });
        var started = new DurableServer(server, folder, await server.StartAsync(CancellationToken.None), new MigrationList([MigrationSource.Journal, .. sources]));
        await started.MigrateAsync();
        return started;
    }

    /// <summary>Ends the server as a crash would, and starts it again; it recovers from the write-ahead log.</summary>
    public async Task CrashAndRestartAsync()
    {
        await Server.CrashAsync(CancellationToken.None);
        await Server.StartAsync(CancellationToken.None);
    }

    /// <summary>As after a recovery from an archive to the last moment: everything is there, and the history has a new name.</summary>
    public async Task RecoverOnANewTimelineAsync()
    {
        await Server.CrashAsync(CancellationToken.None);
        await PostgresRecovery.AskAsync(Cluster);
        await Server.StartAsync(CancellationToken.None);
    }

    /// <summary>A copy of the cluster as a crash leaves it, for <see cref="GoBackAsync"/>.</summary>
    public async Task<string> CopyAsync()
    {
        await Server.CrashAsync(CancellationToken.None);
        var copy = Path.Combine(_folder, "postgres", "copy");
        using (var copying = Process.Start("cp", ["-a", Cluster, copy]))
        {
            await copying.WaitForExitAsync();
            if (copying.ExitCode != 0)
                throw new InvalidOperationException("The cluster could not be copied.");
        }

        await Server.StartAsync(CancellationToken.None);
        return copy;
    }

    /// <summary>An older copy in the place of the cluster, on the same timeline: what came after it never happened.</summary>
    public async Task GoBackAsync(string copy)
    {
        await Server.CrashAsync(CancellationToken.None);
        PostgresRecovery.Replace(Cluster, copy);
        await Server.StartAsync(CancellationToken.None);
    }

    /// <summary>Another cluster in the place of this one, migrated and empty.</summary>
    public async Task ReplaceAsync()
    {
        await Server.CrashAsync(CancellationToken.None);
        Directory.Delete(Cluster, recursive: true);
        await Server.StartAsync(CancellationToken.None);
        await MigrateAsync();
    }

    public async ValueTask DisposeAsync() => await Server.CrashAsync(CancellationToken.None);

    private async Task MigrateAsync()
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Endpoints.Owner) { Pooling = false });
        await new MigrationRunner(owner, _migrations).UpAsync(CancellationToken.None);
    }
}
