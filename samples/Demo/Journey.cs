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

    /// <summary>What the details of a timeline's last entries have: the resolution, the trust, and the alert that stopped firing.</summary>
    private static readonly Func<JsonNode, bool>[] Endings =
    [
        details => details["resolution"] is not null,
        details => details["success_count"] is not null,
        details => details["fingerprint"] is not null && details["hit_count"] is null,
    ];

    /// <param name="voteYourself">Waits for a vote from elsewhere instead of casting one.</param>
    /// <returns>The id of the resolved incident.</returns>
    public async Task<string> RunAsync(Webshop shop, MonitoringStack monitoring, bool voteYourself, CancellationToken cancellationToken)
    {
        var run = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[..12];
        using var author = await admin.IssueAsync($"demo-author-{run}", "admin", cancellationToken);
        using var approver = await admin.IssueAsync($"demo-approver-{run}", "approver", cancellationToken);

        await CloseEarlierIncidentsAsync(cancellationToken);
        var playbookId = await UsePlaybookAsync(author, cancellationToken);
        try
        {
            return await RunAsync(playbookId, approver, shop, monitoring, voteYourself, cancellationToken);
        }
        finally
        {
            // Even an interrupted demo leaves nothing behind that acts on alerts of its own.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await admin.PostAsync($"playbooks/{playbookId}/archive", new JsonObject { ["reason"] = "The demo is over." }, limit.Token);
            story.Tell($"The playbook {playbookId} is archived; the next demo restores it.");
        }
    }

    private async Task<string> RunAsync(
        string playbookId, AwooopApi approver, Webshop shop, MonitoringStack monitoring, bool voteYourself, CancellationToken cancellationToken)
    {
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

    /// <summary>An alert that fires again within half an hour would reopen the incident of an earlier demo; this one is about a new one.</summary>
    private async Task CloseEarlierIncidentsAsync(CancellationToken cancellationToken)
    {
        var incidents = (await admin.GetAsync("incidents?limit=200", cancellationToken))["items"]!.AsArray()
            .Where(incident => (string?)incident!["alertname"] == MonitoringStack.AlertName && (string?)incident["status"] != "closed");
        foreach (var id in incidents.Select(incident => (string)incident!["incident_id"]!))
        {
            var incident = await IncidentAsync(id, cancellationToken);
            var possible = incident["available_actions"]!.AsArray().Select(action => (string?)action).ToArray();
            if ((string?)incident["namespace"] != MonitoringStack.Namespace || !possible.Any(action => action is "resolve" or "close"))
                continue;

            if (!possible.Contains("close"))
                await admin.PostAsync($"incidents/{id}/resolve", null, cancellationToken);

            await admin.PostAsync($"incidents/{id}/close", null, cancellationToken);
            story.Tell($"{id} of an earlier demo is closed.");
        }
    }

    private static JsonObject Definition() => new()
    {
        ["name"] = PlaybookName,
        ["description"] = "The shop hangs now and then; a restart cures it.",
        ["match"] = new JsonObject { ["alert_names"] = new JsonArray(MonitoringStack.AlertName), ["labels"] = new JsonObject { ["service"] = "webshop" } },
        ["risk"] = "medium",
        ["requires_approval"] = "standard",
        ["autonomy"] = "L3",
        ["action_pattern"] = "restart:{{service}}",
        ["steps"] = new JsonArray(
            new JsonObject { ["kind"] = "command", ["name"] = "Restart the shop", ["program"] = "restart-webshop", ["arguments"] = new JsonArray(), ["idempotent"] = true, ["timeout_seconds"] = 120 },
            new JsonObject { ["kind"] = "verify", ["name"] = "Prometheus sees it healthy", ["prom_ql"] = "webshop_healthy == 1", ["idempotent"] = true, ["timeout_seconds"] = 60, ["interval_seconds"] = 1, ["consecutive"] = 2 }),
    };

    /// <summary>That of an earlier demo, with the trust it has earned, or a new one.</summary>
    private async Task<string> UsePlaybookAsync(AwooopApi author, CancellationToken cancellationToken)
    {
        if (await FindPlaybookAsync("active", cancellationToken) is { } active)
            return active;

        var id = await FindPlaybookAsync("archived", cancellationToken);
        var draft = id is null
            ? await author.PostAsync("playbooks", Definition(), cancellationToken)
            : await admin.PostAsync($"playbooks/{id}/restore", null, cancellationToken);
        id ??= (string)draft["playbook_id"]!;
        // Whoever wrote it does not approve it. What was approved before its archiving need not be again.
        if ((string?)draft["status"] == "draft")
            await admin.PostAsync($"playbooks/{id}/approve", null, cancellationToken);

        await admin.PostAsync($"playbooks/{id}/activate", null, cancellationToken);
        await WaitForAsync(async token => (string?)(await admin.GetAsync($"playbooks/{id}", token))["status"] == "active" ? id : null, "The playbook did not become active", cancellationToken);
        return id;
    }

    private async Task<string?> FindPlaybookAsync(string status, CancellationToken cancellationToken) =>
        (string?)(await admin.GetAsync($"playbooks?status={status}&limit=200", cancellationToken))["items"]!.AsArray()
            .FirstOrDefault(playbook => (string?)playbook!["name"] == PlaybookName)?["playbook_id"];

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
        // The records follow the grains, and the alert ends when Alertmanager says so: the story is told once they are all there.
        var entries = await WaitForAsync(async token =>
        {
            var told = (await admin.GetAsync($"incidents/{incidentId}/timeline?limit=200", token))["items"]!.AsArray();
            return Endings.All(ending => told.Any(entry => entry!["details"] is { } details && ending(details))) ? told : null;
        }, $"The timeline of {incidentId} does not end", cancellationToken);
        story.Tell("What the timeline says:");
        foreach (var entry in entries)
            story.Aside($"{Time((DateTimeOffset)entry!["created_at"]!)}  {(string)entry["title"]!}  ({(string?)entry["actor"] ?? "-"})");
    }

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
