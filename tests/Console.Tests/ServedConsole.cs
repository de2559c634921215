using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;
using Microsoft.Playwright;

namespace AwoooP.Console.Tests;

/// <summary>A whole system that serves the built console, and a browser to look at it.</summary>
public sealed class ServedConsole : IAsyncLifetime
{
    private AwooopSystem? _system;
    private ChromiumBrowser? _browser;

    public Uri Address => _system!.Address;

    /// <summary>The key of the operator whom the first start made: an administrator.</summary>
    public string AdminKey { get; private set; } = "";

    public AwooopApi Admin { get; private set; } = null!;

    /// <summary>The playbook for alerts named ShopDown, TillDown or CartDown.</summary>
    public string PlaybookId { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _system = await AwooopSystem.StartAsync(new SystemShape { Settings = ConsoleFolder.Settings() });
        AdminKey = await _system.AdminKeyAsync();
        Admin = await _system.AdminAsync();
        await ActivatePlaybookAsync();
        _browser = await ChromiumBrowser.LaunchAsync();
    }

    /// <inheritdoc cref="ChromiumBrowser.OpenAsync"/>
    public Task<IPage> OpenAsync(BrowserNewContextOptions? options = null) => _browser!.OpenAsync(Address, options);

    public async Task FireAsync(string alertName, string service)
    {
        using var http = new HttpClient();
        var alerts = new JsonArray(new JsonObject
        {
            ["labels"] = new JsonObject { ["alertname"] = alertName, ["namespace"] = "prod", ["service"] = service, ["severity"] = "critical" },
            ["startsAt"] = "2026-01-01T00:00:00Z",
            ["endsAt"] = "2099-01-01T00:00:00Z",
        });
        using var answer = await http.PostAsJsonAsync(new Uri(Address, "api/v2/alerts"), alerts);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A key of its own for a further person.</summary>
    public async Task<string> IssueKeyAsync(string operatorId, string role)
    {
        var issued = await Admin.PostAsync(
            "operators/keys",
            new JsonObject { ["operator_id"] = operatorId, ["roles"] = new JsonObject { ["awoooi"] = role }, ["default_project"] = "awoooi" },
            CancellationToken.None);
        return (string)issued["key"]!;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        Admin?.Dispose();
        if (_system is not null)
            await _system.DisposeAsync();
    }

    /// <summary>A playbook that only waits, as a draft. Answers its id.</summary>
    public Task<string> DraftPlaybookAsync(string name, string alertName) =>
        DraftAsync(name, [alertName], new JsonObject { ["kind"] = "wait", ["name"] = "Wait", ["seconds"] = 1 });

    /// <summary>The next version of a policy, as a draft.</summary>
    public Task DraftPolicyAsync(string name, string effect) => DraftPolicyAsync(Admin, name, effect);

    /// <summary>A new version of a policy, published by another than the administrator, from whom all have their keys.</summary>
    public async Task PublishPolicyAsync(string name, int version, string effect)
    {
        using var publisher = await Admin.IssueAsync("paula", "admin", CancellationToken.None);
        await DraftPolicyAsync(publisher, name, effect);
        var read = await publisher.GetAsync($"contracts/policy/{name}/versions/{version}", CancellationToken.None);
        await publisher.PostAsync(
            $"contracts/policy/{name}/versions/{version}/publish", new JsonObject { ["document_sha256"] = (string)read["document_sha256"]! }, CancellationToken.None);
    }

    private static async Task DraftPolicyAsync(AwooopApi drafter, string name, string effect)
    {
        var document = new JsonObject
        {
            ["schema_version"] = "v1",
            ["description"] = "What may be deleted.",
            ["rules"] = new JsonArray(new JsonObject
            {
                ["name"] = "deletes",
                ["effect"] = effect,
                ["actions"] = new JsonArray("delete:*"),
                ["reason"] = "Deleting cannot be undone.",
            }),
        };
        await drafter.PutAsync($"contracts/policy/{name}/draft", new JsonObject { ["document"] = document }, CancellationToken.None);
    }

    /// <summary>Checks the system's own health, so that the repair succeeds.</summary>
    private async Task ActivatePlaybookAsync()
    {
        PlaybookId = await DraftAsync(
            "Restart the shop",
            ["ShopDown", "TillDown", "CartDown"],
            new JsonObject { ["kind"] = "wait", ["name"] = "Let it settle", ["seconds"] = 1 },
            new JsonObject { ["kind"] = "verify", ["name"] = "Check that it answers", ["url"] = new Uri(Address, "-/healthy").ToString(), ["idempotent"] = true });
        await Admin.PostAsync($"playbooks/{PlaybookId}/approve", null, CancellationToken.None);
        await Admin.PostAsync($"playbooks/{PlaybookId}/activate", null, CancellationToken.None);
    }

    private async Task<string> DraftAsync(string name, JsonArray alertNames, params JsonNode[] steps)
    {
        var created = await Admin.PostAsync("playbooks", new JsonObject
        {
            ["name"] = name,
            ["match"] = new JsonObject { ["alert_names"] = alertNames },
            ["action_pattern"] = "restart:{{service}}",
            ["steps"] = new JsonArray(steps),
        }, CancellationToken.None);
        return (string)created["playbook_id"]!;
    }
}
