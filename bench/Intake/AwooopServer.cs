using System.Net;
using AwoooP.Demo;
using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using AwoooP.Records;
using Npgsql;

namespace AwoooP.Bench.Intake;

/// <summary>A whole silo as a process, on a local PostgreSQL cluster with the platform's own settings.</summary>
internal sealed class AwooopServer : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly LocalPostgres _postgres;

    private AwooopServer(ChildProcess process, LocalPostgres postgres, IPEndPoint address)
    {
        _process = process;
        _postgres = postgres;
        Address = address;
    }

    public IPEndPoint Address { get; }

    public static async Task<AwooopServer> StartAsync(string folder)
    {
        var postgres = new LocalPostgres(new LocalPostgresOptions { DataFolder = folder });
        var endpoints = await postgres.StartAsync(CancellationToken.None);
        await using (var owner = NpgsqlDataSource.Create(endpoints.Owner))
            await new MigrationRunner(owner, RecordsMigrations.WithJournal).UpAsync(CancellationToken.None);

        var address = new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free());
        var environment = new Dictionary<string, string>
        {
            ["AWOOOP_DATA"] = folder,
            ["AWOOOP_URL"] = $"http://{address}",
            ["AWOOOP_POSTGRES"] = "",
        };
        var silo = Path.Combine(AppContext.BaseDirectory, "AwoooP.Silo.dll");
        var process = ChildProcess.Start(DotnetHost.Path, [silo], Path.Combine(folder, "silo.log"), environment);
        await Readiness.WaitAsync(new Uri($"http://{address}/-/ready"), CancellationToken.None);
        return new AwooopServer(process, postgres, address);
    }

    public async Task<Backlog> BacklogAsync()
    {
        using var http = new HttpClient();
        return await Backlog.ReadAsync(http, new Uri($"http://{Address}"), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _postgres.StopAsync(CancellationToken.None);
    }
}
