using System.Globalization;
using System.Text.Json.Nodes;

namespace AwoooP.Demo;

/// <summary>
/// The whole way of one real alert: the shop breaks, Prometheus sees it, Alertmanager sends it, AwoooP opens the incident and
/// proposes the restart, a person votes, the shop is restarted, Prometheus confirms, the incident is resolved and trust has moved.
/// </summary>
public sealed class Journey(AwooopApi admin, Story story)
{
    private const string PlaybookName = "Restart the web shop";

    /// <param name="voteYourself">Waits for a vote from elsewhere instead of casting one.</param>
    /// <returns>The id of the resolved incident.</returns>
    public async Task<string> RunAsync(Webshop shop, MonitoringStack monitoring, bool voteYourself, CancellationToken cancellationToken)
    {
        var run = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[..12];
        using var author = await admin.IssueAsync($"demo-author-{run}", "admin", cancellationToken);
        using var approver = await admin.IssueAsync($"demo-approver-{run}", "approver", cancellationToken);

        var playbookId = await FindOrCreatePlaybookAsync(author, cancellationToken);
        var trustBefore = await TrustAsync(playbookId, cancellationToken);
        story.Tell($"The playbook '{PlaybookName}' ({playbookId}) is active; its trust is {Number(trustBefore)}.");

        await WaitForMetricAsync(monitoring, "webshop_healthy == 1", cancellationToken);
        story.Tell("The web shop serves its customers; Prometheus sees it healthy.");
        var known = await NewestIncidentAsync(cancellationToken);

        await shop.BreakAsync(cancellationToken);
        story.Tell("The web shop breaks.");

        var incidentId = await WaitForAsync(async token =>
            await NewestIncidentAsync(token) is { } newest && newest != known ? newest : null, "No incident was opened", cancellationToken);
        story.Tell($"Prometheus saw it, Alertmanager sent it, AwoooP opened {incidentId}.");
        story.Aside($"{admin.Address}incidents/{incidentId}");

        var approvalId = await WaitForAsync(async token =>
            (string?)(await admin.GetAsync($"approvals?incident_id={incidentId}&status=pending", token))["items"]!.AsArray().FirstOrDefault()?["id"], "No repair was proposed", cancellationToken);
        story.Tell("AwoooP proposes the restart and waits for a vote.");
        if (voteYourself)
        {
            story.Aside($"Vote in the console at the address above, or: ./awooop approve {approvalId}");
        }
        else
        {
            await approver.PostAsync($"approvals/{approvalId}/votes", new JsonObject { ["choice"] = "approve", ["comment"] = "Seen, go ahead." }, cancellationToken);
            story.Tell("An approver signs the plan.");
        }

        await WaitForAsync(async token =>
        {
            var status = (string?)(await IncidentAsync(incidentId, token))["status"];
            return status switch
            {
                "resolved" => status,
                "escalated" or "closed" => throw new InvalidOperationException($"{incidentId} is {status}, not resolved."),
                _ => null,
            };
        }, $"{incidentId} was not resolved", cancellationToken);
        story.Tell($"The shop was restarted, Prometheus confirms it, and {incidentId} is resolved.");

        var trustAfter = await WaitForAsync(async token =>
            await TrustAsync(playbookId, token) is var trust && trust > trustBefore ? (double?)trust : null, "Trust did not move", cancellationToken);
        story.Tell($"The playbook's trust moved from {Number(trustBefore)} to {Number(trustAfter!.Value)}.");
        await TellTimelineAsync(incidentId, cancellationToken);
        return incidentId;
    }

    private static JsonObject Definition() => new()
    {
        ["name"] = PlaybookName,
        ["description"] = "The shop hangs now and then; a restart cures it.",
        ["match"] = new JsonObject { ["alert_names"] = new JsonArray("WebshopDown"), ["labels"] = new JsonObject { ["service"] = "webshop" } },
        ["risk"] = "medium",
        ["requires_approval"] = "standard",
        ["autonomy"] = "L3",
        ["action_pattern"] = "restart:{{service}}",
        ["steps"] = new JsonArray(
            new JsonObject { ["kind"] = "command", ["name"] = "Restart the shop", ["program"] = "restart-webshop", ["arguments"] = new JsonArray(), ["idempotent"] = true, ["timeout_seconds"] = 120 },
            new JsonObject { ["kind"] = "verify", ["name"] = "Prometheus sees it healthy", ["prom_ql"] = "webshop_healthy == 1", ["idempotent"] = true, ["timeout_seconds"] = 60, ["interval_seconds"] = 1, ["consecutive"] = 2 }),
    };

    private async Task<string> FindOrCreatePlaybookAsync(AwooopApi author, CancellationToken cancellationToken)
    {
        var known = (await admin.GetAsync("playbooks?status=active&limit=200", cancellationToken))["items"]!.AsArray();
        if (known.FirstOrDefault(playbook => (string?)playbook!["name"] == PlaybookName) is { } found)
            return (string)found["playbook_id"]!;

        var created = await author.PostAsync("playbooks", Definition(), cancellationToken);
        var id = (string)created["playbook_id"]!;
        // Whoever wrote it does not approve it.
        await admin.PostAsync($"playbooks/{id}/approve", null, cancellationToken);
        await admin.PostAsync($"playbooks/{id}/activate", null, cancellationToken);
        await WaitForAsync(async token => (string?)(await admin.GetAsync($"playbooks/{id}", token))["status"] == "active" ? id : null, "The playbook did not become active", cancellationToken);
        return id;
    }

    private async Task<string?> NewestIncidentAsync(CancellationToken cancellationToken) =>
        (string?)(await admin.GetAsync("incidents?limit=1", cancellationToken))["items"]!.AsArray().FirstOrDefault()?["incident_id"];

    private Task<JsonNode> IncidentAsync(string incidentId, CancellationToken cancellationToken) => admin.GetAsync($"incidents/{incidentId}", cancellationToken);

    private async Task<double> TrustAsync(string playbookId, CancellationToken cancellationToken) =>
        (double)(await admin.GetAsync($"playbooks/{playbookId}", cancellationToken))["trust_score"]!;

    private static Task WaitForMetricAsync(MonitoringStack monitoring, string promQl, CancellationToken cancellationToken) => Readiness.UntilAsync(async token =>
    {
        using var http = new HttpClient();
        var answer = JsonNode.Parse(await http.GetStringAsync(new Uri(monitoring.Prometheus, $"api/v1/query?query={Uri.EscapeDataString(promQl)}"), token))!;
        return answer["data"]!["result"]!.AsArray().Count > 0;
    }, $"Prometheus does not say '{promQl}'", cancellationToken);

    private static async Task<T> WaitForAsync<T>(Func<CancellationToken, Task<T?>> look, string otherwise, CancellationToken cancellationToken)
    {
        T? found = default;
        await Readiness.UntilAsync(async token => (found = await look(token)) is not null, otherwise, cancellationToken);
        return found!;
    }

    private async Task TellTimelineAsync(string incidentId, CancellationToken cancellationToken)
    {
        story.Tell("What the timeline says:");
        foreach (var entry in (await admin.GetAsync($"incidents/{incidentId}/timeline", cancellationToken))["items"]!.AsArray())
            story.Aside($"{(string)entry!["created_at"]!}  {(string)entry["title"]!}  ({(string?)entry["actor"] ?? "-"})");
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
