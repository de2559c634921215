using System.Diagnostics;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>What senders speak already works unchanged: Debian's amtool and Prometheus.</summary>
public sealed class SenderTests : IAsyncLifetime
{
    private AwooopSystem _system = null!;

    public async Task InitializeAsync() => _system = await AwooopSystem.StartAsync();

    public async Task DisposeAsync() => await _system.DisposeAsync();

    [Fact]
    public async Task Amtool_AddQueryAndFilter_WorkUnchanged()
    {
        await AmtoolAsync("alert", "add", "alertname=DiskFull", "instance=db1", "severity=critical", "namespace=prod");
        await AmtoolAsync("alert", "add", "alertname=HighLoad", "instance=web1", "severity=warning", "namespace=prod");

        await Readiness.UntilAsync(async _ => await AlertNamesAsync() is ["DiskFull", "HighLoad"], "amtool does not list both alerts", CancellationToken.None);

        (await AlertNamesAsync("severity=critical")).ShouldBe(["DiskFull"]);
        (await AlertNamesAsync("instance=~web.*")).ShouldBe(["HighLoad"]);
        (await AlertNamesAsync("instance!~web.*", "severity!=warning")).ShouldBe(["DiskFull"]);
        (await AmtoolAsync("alert", "query", "-o", "extended")).ShouldContain("DiskFull");
    }

    [Fact]
    public async Task Amtool_AddAgain_IsNoNewOccurrence()
    {
        const string member = "from alert_member where labels->>'alertname' = 'AddedTwice'";
        await AmtoolAsync("alert", "add", "alertname=AddedTwice", "instance=db1");
        await Readiness.UntilAsync(async _ => await _system.CountAsync($"select count(*) {member}") == 1, "The alert was not taken", CancellationToken.None);
        var started = await StampAsync("starts_at");
        var ends = await StampAsync("ends_at");

        // amtool names no start.
        await AmtoolAsync("alert", "add", "alertname=AddedTwice", "instance=db1");
        await Readiness.UntilAsync(async _ => await StampAsync("ends_at") > ends, "The second alert was not taken", CancellationToken.None);

        (await StampAsync("starts_at")).ShouldBe(started);
        (await _system.CountAsync("select count(*) from journal.event where type = 'alert.occurred'")).ShouldBe(0);

        Task<long> StampAsync(string column) => _system.CountAsync($"select (extract(epoch from {column}) * 1000000)::bigint {member}");
    }

    [Fact]
    public async Task Prometheus_WithoutAlertmanager_SendsDirectly()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_system.Folder, "prometheus")).FullName;
        var port = LoopbackPort.Free();
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"),
            """
            groups:
              - name: always
                rules:
                  - alert: DeadMansSwitch
                    expr: vector(1)
                    labels: { severity: info, service: watchdog, namespace: monitoring }
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"),
            $$"""
            global: { evaluation_interval: 1s }
            rule_files: [rules.yml]
            alerting:
              alertmanagers:
                - static_configs: [targets: ["{{_system.Address.Authority}}"]]
            """);
        await using var prometheus = ChildProcess.Start("prometheus",
            [$"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--rules.alert.resend-delay=1s"],
            Path.Combine(folder, "prometheus.log"));

        await Readiness.UntilAsync(async _ => (await AlertNamesAsync()).Contains("DeadMansSwitch"), "Prometheus' alert did not arrive", CancellationToken.None);

        using var admin = await _system.AdminAsync();
        await Readiness.UntilAsync(
            async token => (await admin.GetAsync("incidents", token))["items"]!.AsArray().Any(incident => (string?)incident!["alertname"] == "DeadMansSwitch"),
            "No incident was opened for it",
            CancellationToken.None);
    }

    private async Task<string[]> AlertNamesAsync(params string[] matchers) =>
        [.. JsonNode.Parse(await AmtoolAsync(["alert", "query", "-o", "json", .. matchers]))!.AsArray().Select(alert => (string)alert!["labels"]!["alertname"]!).Order(StringComparer.Ordinal)];

    private async Task<string> AmtoolAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("amtool", [$"--alertmanager.url={_system.Address}", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }
}
