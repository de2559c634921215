using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>The main job on real parts: Debian's Prometheus and Alertmanager, a real service that fails, a real restart.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_WithRealParts_EndsWithAResolvedIncidentAndEveryRecord()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Settings = new Dictionary<string, string> { ["Integrations__Prometheus__Url"] = $"http://127.0.0.1:{Port}" } });
        using var admin = await system.AdminAsync();
        var folder = Directory.CreateDirectory(Path.Combine(system.Folder, "demo")).FullName;
        await using var shop = await Webshop.StartAsync(folder, Path.Combine(system.Folder, "programs"), CancellationToken.None);
        await using var monitoring = await MonitoringStack.StartAsync(folder, Port, shop.Address, system.Address, CancellationToken.None);
        var told = new StringWriter();

        var incidentId = await new Journey(admin, new Story(told)).RunAsync(shop, monitoring, voteYourself: false, CancellationToken.None);

        incidentId.ShouldMatch("^INC-[0-9]{8}-[0-9A-HJKMNP-TV-Z]{6}$");
        foreach (var (table, condition) in Records)
        {
            // Projections follow the log; the journey itself only waited for the grains.
            await Readiness.UntilAsync(
                async _ => await system.CountAsync($"select count(*) from {table} where {condition.Replace("$id", $"'{incidentId}'", StringComparison.Ordinal)}") > 0,
                $"{table} has no row where {condition}",
                CancellationToken.None);
        }
    }

    private static readonly (string Table, string Condition)[] Records =
    [
        ("alert_member", "labels->>'alertname' = 'WebshopDown'"),
        ("incidents", "incident_id = $id and status = 'resolved' and resolved_at is not null"),
        ("approval_records", "incident_id = $id and status = 'executed'"),
        ("playbooks", "success_count = 1 and trust_score > 0.3"),
        ("trust_records", "score = 1"),
        ("run_state", "state = 'completed'"),
        ("step_journal", "status = 'succeeded'"),
        ("alert_operation_log", "incident_id = $id"),
        ("timeline_events", "incident_id = $id"),
        ("audit_logs", "success"),
        ("remediation_events", "incident_id = $id and status = 'success'"),
    ];

    private static int Port { get; } = LoopbackPort.Free();
}
