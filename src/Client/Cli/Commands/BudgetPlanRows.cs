using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli.Commands;

/// <summary>A plan, a row for each limit.</summary>
internal static class BudgetPlanRows
{
    /// <summary>The limits that every plan has, as the API names them.</summary>
    public static readonly string[] Limits = ["month", "day", "agent_month", "incident", "run"];

    public static IEnumerable<JsonElement> Of(JsonElement plan) =>
    [
        .. Limits.Select(name => Row(name, plan.GetProperty(name))),
        .. plan.GetProperty("agents").EnumerateObject().Select(static agent => Row($"agent {agent.Name}", agent.Value)),
    ];

    private static JsonElement Row(string name, JsonElement limit) => JsonElement.Parse(new JsonObject
    {
        ["limit"] = name,
        ["usd"] = Bound(limit.GetProperty("usd")),
        ["tokens"] = Bound(limit.GetProperty("tokens")),
    }.ToJsonString());

    private static JsonNode Bound(JsonElement value) => value.ValueKind == JsonValueKind.Number ? JsonValue.Create(value)! : "unlimited";
}
