using System.Collections.Concurrent;
using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using Npgsql;
using Xunit;

namespace AwoooP.Testing;

/// <summary>
/// A migrated database of its own for each test class, copied from a template that is migrated once a process.
/// Derive from it to add the migrations of another assembly.
/// </summary>
public class PostgresFixture : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new();
    private static int _databases;

    private readonly List<NpgsqlDataSource> _sources = [];

    /// <summary>Where the migrations come from; the journal's own unless overridden.</summary>
    protected virtual IReadOnlyList<MigrationSource> Sources => [MigrationSource.Journal];

    public PostgresEndpoints Endpoints { get; private set; } = null!;

    /// <summary>The name of this class's database.</summary>
    public string Database { get; } = $"test_{Interlocked.Increment(ref _databases)}";

    public NpgsqlDataSource Owner { get; private set; } = null!;

    public NpgsqlDataSource Engine { get; private set; } = null!;

    public NpgsqlDataSource App { get; private set; } = null!;

    public NpgsqlDataSource Reader { get; private set; } = null!;

    /// <summary>The cluster's superuser on this database, to look from outside of every policy.</summary>
    public NpgsqlDataSource Superuser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var server = await TestServer.GetAsync();
        var template = await Templates.GetOrAdd(
            string.Join('_', new MigrationList(Sources).Migrations.Select(migration => migration.Checksum)),
            _ => new Lazy<Task<string>>(() => MakeTemplateAsync(server))).Value;
        Endpoints = await server.CreateDatabaseAsync(Database, template, CancellationToken.None);
        Owner = Open(Endpoints.Owner);
        Engine = Open(Endpoints.Engine);
        App = Open(Endpoints.App);
        Reader = Open(Endpoints.Reader);
        Superuser = Open(new NpgsqlConnectionStringBuilder(server.SuperuserConnection()) { Database = Database, Pooling = true }.ConnectionString);
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var source in _sources)
            await source.DisposeAsync();

        var server = await TestServer.GetAsync();
        await using var connection = new NpgsqlConnection(server.SuperuserConnection());
        await connection.OpenAsync();
        // A checkpoint goes with it, which may take a busy machine longer than commands have by default.
        await using var drop = new NpgsqlCommand($"drop database \"{Database}\" with (force)", connection) { CommandTimeout = 0 };
        await drop.ExecuteNonQueryAsync();
    }

    private async Task<string> MakeTemplateAsync(LocalPostgres server)
    {
        var name = $"template_{Interlocked.Increment(ref _databases)}";
        var endpoints = await server.CreateDatabaseAsync(name, template: null, CancellationToken.None);
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(endpoints.Owner) { Pooling = false });
        await new MigrationRunner(owner, new MigrationList(Sources)).UpAsync(CancellationToken.None);
        return name;
    }

    private NpgsqlDataSource Open(string connectionString)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 20 });
        _sources.Add(source);
        return source;
    }
}
