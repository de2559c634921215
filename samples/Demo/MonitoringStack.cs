namespace AwoooP.Demo;

/// <summary>
/// Debian's Prometheus and Alertmanager on loopback: Prometheus scrapes the shop and evaluates one rule,
/// Alertmanager sends what fires to AwoooP.
/// </summary>
public sealed class MonitoringStack : IAsyncDisposable
{
    /// <summary>The one alert.</summary>
    public const string AlertName = "WebshopDown";

    /// <summary>What the alert is about is in it.</summary>
    public const string Namespace = "demo";

    private readonly List<ChildProcess> _processes = [];

    private MonitoringStack(Uri prometheus, Uri alertmanager)
    {
        Prometheus = prometheus;
        Alertmanager = alertmanager;
    }

    public Uri Prometheus { get; }

    public Uri Alertmanager { get; }

    public static async Task<MonitoringStack> StartAsync(string folder, int prometheusPort, Uri shop, Uri awooop, CancellationToken cancellationToken)
    {
        var alertmanagerPort = LoopbackPort.Free();
        var stack = new MonitoringStack(new Uri($"http://127.0.0.1:{prometheusPort}"), new Uri($"http://127.0.0.1:{alertmanagerPort}"));
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "alertmanager.yml"), AlertmanagerConfig(awooop), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), Rules, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), PrometheusConfig(shop, alertmanagerPort), cancellationToken);

            stack._processes.Add(ChildProcess.Start("prometheus-alertmanager",
            [
                $"--config.file={folder}/alertmanager.yml", $"--storage.path={folder}/alertmanager",
                $"--web.listen-address=127.0.0.1:{alertmanagerPort}", "--cluster.listen-address=",
            ], Path.Combine(folder, "alertmanager.log")));
            stack._processes.Add(ChildProcess.Start("prometheus",
            [
                $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/prometheus",
                $"--web.listen-address=127.0.0.1:{prometheusPort}",
            ], Path.Combine(folder, "prometheus.log")));

            await Readiness.WaitAsync(new Uri(stack.Alertmanager, "-/ready"), cancellationToken);
            await Readiness.WaitAsync(new Uri(stack.Prometheus, "-/ready"), cancellationToken);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
    }

    private static string AlertmanagerConfig(Uri awooop) => $"""
        route:
          receiver: awooop
          group_by: [alertname, service]
          group_wait: 1s
          group_interval: 2s
          repeat_interval: 1m
        receivers:
          - name: awooop
            webhook_configs:
              - url: {new Uri(awooop, "v1/webhooks/alertmanager")}
                send_resolved: true

        """;

    private const string Rules = $$"""
        groups:
          - name: webshop
            rules:
              - alert: {{AlertName}}
                expr: webshop_healthy == 0 or up{job="webshop"} == 0
                for: 2s
                labels:
                  severity: critical
                  namespace: {{Namespace}}
                  service: webshop
                annotations:
                  summary: The web shop does not answer its customers.

        """;

    private static string PrometheusConfig(Uri shop, int alertmanagerPort) => $"""
        global:
          scrape_interval: 1s
          evaluation_interval: 1s
        rule_files: [rules.yml]
        alerting:
          alertmanagers:
            - static_configs: [targets: ["127.0.0.1:{alertmanagerPort}"]]
        scrape_configs:
          - job_name: webshop
            static_configs: [targets: ["{shop.Authority}"]]

        """;
}
