using System.Diagnostics;
using AwoooP.Demo;
using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using AwoooP.Records;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.EndToEnd;

/// <summary>
/// A whole AwoooP as a user runs it: a PostgreSQL cluster of its own, with fsync, and the silo as a process that can be killed
/// and started again on the same data.
/// </summary>
public sealed class AwooopSystem : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> _settings;
    private ChildProcess? _silo;

    private AwooopSystem(string folder, IReadOnlyDictionary<string, string> settings)
    {
        Folder = folder;
        _settings = settings;
        Postgres = new LocalPostgres(new LocalPostgresOptions { DataFolder = folder });
        Address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
    }

    public string Folder { get; }

    public Uri Address { get; }

    public LocalPostgres Postgres { get; }

    /// <summary>Sees everything: for checks from outside of every policy.</summary>
    public NpgsqlDataSource Superuser { get; private set; } = null!;

    public static async Task<AwooopSystem> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var system = new AwooopSystem(TestServer.NewFolder(), settings ?? new Dictionary<string, string>());
        var endpoints = await system.Postgres.StartAsync(CancellationToken.None);
        await using (var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(endpoints.Owner) { Pooling = false }))
            await new MigrationRunner(owner, RecordsMigrations.WithJournal).UpAsync(CancellationToken.None);

        system.Superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(system.Postgres.SuperuserConnection()) { Database = "awooop", Pooling = true, MaxPoolSize = 4 });
        await system.StartSiloAsync();
        return system;
    }

    /// <summary>Returns once the system is ready.</summary>
    public async Task StartSiloAsync()
    {
        var environment = new Dictionary<string, string>(_settings)
        {
            ["AWOOOP_DATA"] = Folder,
            ["AWOOOP_URL"] = Address.ToString(),
            ["AWOOOP_POSTGRES"] = "",
            // Playbooks of the tests check the system's own health.
            ["Integrations__Outbound__AllowedOrigins__0"] = Address.GetLeftPart(UriPartial.Authority),
        };
        _silo = ChildProcess.Start(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, "AwoooP.Silo.dll")], SiloOutput, environment);
        using var ended = new CancellationTokenSource();
        _ = _silo.ExitedAsync().ContinueWith(_ => ended.Cancel(), TaskScheduler.Default);
        try
        {
            await Readiness.WaitAsync(new Uri(Address, "-/ready"), ended.Token);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            throw new InvalidOperationException($"The silo is not ready; it printed:\n{await File.ReadAllTextAsync(SiloOutput)}", fault);
        }
    }

    /// <summary>kill -9: no word of farewell.</summary>
    public async Task KillSiloAsync()
    {
        if (_silo is null)
            return;

        using (var process = Process.GetProcessById(_silo.Id))
            process.Kill();
        await _silo.DisposeAsync();
        _silo = null;
    }

    /// <summary>The API as the operator whom the first start made.</summary>
    public async Task<AwooopApi> AdminAsync() =>
        new(Address, (await File.ReadAllTextAsync(Path.Combine(Folder, "operator.key"))).Trim());

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Superuser.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await KillSiloAsync();
        await Superuser.DisposeAsync();
        await Postgres.CrashAsync(CancellationToken.None);
    }

    private string SiloOutput => Path.Combine(Folder, "silo.out");
}
