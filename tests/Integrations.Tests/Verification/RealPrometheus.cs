using System.Diagnostics;
using AwoooP.Demo;
using AwoooP.Testing;

namespace AwoooP.Integrations.Tests.Verification;

/// <summary>Debian's Prometheus on loopback, scraping itself.</summary>
public sealed class RealPrometheus : IAsyncLifetime
{
    private const string Program = "/usr/bin/prometheus";
    private readonly string _folder = Directory.CreateTempSubdirectory("awooop-prometheus-").FullName;
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Free()}/");

    public async Task InitializeAsync()
    {
        File.Exists(Program).ShouldBeTrue("these tests need Debian's package 'prometheus'; ./awooop test installs it");
        var config = Path.Combine(_folder, "prometheus.yml");
        await File.WriteAllTextAsync(config, $"global: {{scrape_interval: 1s}}\nscrape_configs:\n  - job_name: self\n    static_configs: [targets: ['{Address.Authority}']]\n");
        _process = Process.Start(new ProcessStartInfo(
            Program, [$"--config.file={config}", $"--storage.tsdb.path={_folder}/data", $"--web.listen-address={Address.Authority}", "--log.level=error"]))!;
        using var http = new HttpClient();
        await Eventually.BecomesTrueAsync(() => IsReady(http), "Prometheus is ready");
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private bool IsReady(HttpClient http)
    {
        _process!.HasExited.ShouldBeFalse("Prometheus has ended");
        try
        {
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "-/ready")));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
