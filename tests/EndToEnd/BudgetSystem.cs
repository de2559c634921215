using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>Two silos whose models run in this process, at 0.001 US dollars a token of the answer, and whose people are told by webhook.</summary>
public sealed class BudgetSystem : SharedSystem
{
    private const string ModelKeyVariable = "AWOOOP_TEST_MODEL_KEY";
    private const string WebhookKeyVariable = "AWOOOP_TEST_WEBHOOK_KEY";
    private const string Prices =
        """{"prices":[{"provider":"local","model":"small","prompt_usd_per_million":0,"completion_usd_per_million":1000,"effective_from":"2026-01-01T00:00:00Z"}]}""";

    private readonly string _prices = Path.GetTempFileName();

    internal ModelServer Models { get; private set; } = null!;

    internal WebhookPeer Peer { get; private set; } = null!;

    protected override int Silos => 2;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Integrations__Models__Providers__0__Name"] = "local",
        ["Integrations__Models__Providers__0__Url"] = Models.Address.ToString(),
        ["Integrations__Models__Providers__0__Key"] = $"env://{ModelKeyVariable}",
        ["Integrations__Models__Providers__0__TimeoutSeconds"] = "600",
        ["Integrations__Models__Prices"] = _prices,
        [ModelKeyVariable] = Models.Key,
        ["Notifications__Routes__0__Recipient"] = "ops",
        ["Integrations__Webhooks__Receivers__ops__Url"] = Peer.Address.ToString(),
        ["Integrations__Webhooks__Receivers__ops__Secret"] = $"env://{WebhookKeyVariable}",
        [WebhookKeyVariable] = Peer.Key,
        // Runs that wait for a model leave room for the others.
        ["Worker__Concurrency"] = "32",
        ["Worker__ConcurrencyPerProject"] = "32",
    };

    public override async Task InitializeAsync()
    {
        Models = await ModelServer.StartAsync();
        Peer = await WebhookPeer.StartAsync();
        await File.WriteAllTextAsync(_prices, Prices);
        await base.InitializeAsync();
        await PutAgentInForceAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Peer.DisposeAsync();
        await Models.DisposeAsync();
        File.Delete(_prices);
    }

    /// <summary>Limits of the project in a month alone.</summary>
    internal async Task SetBudgetAsync(int usd) => (await Admin.PutAsync(
        "v1/platform/budget",
        $$$"""{"plan":{"month":{"usd":{{{usd}}}},"day":{},"agent_month":{},"incident":{},"run":{}},"reason":"Of the test."}""")).ShouldSucceed();

    /// <summary>The agent <c>triage</c>, published by one and signed by two others. A call of it may take 100 tokens, and so 0.1 US dollars.</summary>
    private async Task PutAgentInForceAsync()
    {
        const string Contract = "agent/triage";
        const string Document =
            """
            {
              "schema_version": "v1", "description": "Finds causes.", "purpose": "diagnose", "autonomy": "L2", "tools": [],
              "models": [{ "provider": "local", "model": "small" }],
              "limits": { "max_tokens": 100, "max_cost_usd": 1, "timeout_seconds": 600 },
              "answer_schema": { "type": "object", "additionalProperties": false, "required": ["cause"], "properties": { "cause": { "type": "string" } } }
            }
            """;
        await Publisher.DraftAsync(Contract, Document);
        var sha256 = await Publisher.PublishAsync(Contract);
        foreach (var signer in (RawApi[])[Approver, SecondApprover])
            (await signer.SignAsync(Contract, sha256)).ShouldSucceed();
    }
}
