using System.Diagnostics;
using System.Globalization;
using System.Net;
using AwoooP.Journal.Local;
using AwoooP.Journal.Migrations;
using AwoooP.Records;
using Npgsql;

namespace AwoooP.Bench.Intake;

/// <summary>A whole silo as a process, on a local PostgreSQL cluster with the platform's own settings.</summary>
internal sealed class AwooopServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly LocalPostgres _postgres;

    private AwooopServer(Process process, LocalPostgres postgres, IPEndPoint address)
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
            await new MigrationRunner(owner, new MigrationList([MigrationSource.Journal, RecordsMigrations.Source])).UpAsync(CancellationToken.None);

        var address = new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free());
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AwoooP.Silo.dll")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["AWOOOP_DATA"] = folder;
        start.Environment["AWOOOP_URL"] = $"http://{address}";
        start.Environment["AWOOOP_POSTGRES"] = "";
        var server = new AwooopServer(Process.Start(start)!, postgres, address);
        server._process.BeginErrorReadLine();
        server._process.BeginOutputReadLine();
        await LoopbackPort.WaitReadyAsync(address);
        return server;
    }

    /// <summary>Alerts that were acknowledged and are not worked off yet, and those worked off since the start.</summary>
    public async Task<(long Lag, long Consumed)> BacklogAsync()
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync($"http://{Address}/metrics");
        return (Value("awooop_intake_lag"), Value("awooop_intake_consumed"));

        long Value(string name) => metrics.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))
            .First();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _postgres.StopAsync(CancellationToken.None);
    }
}
