using System.Text.Json;
using AwoooP.Contracts;
using AwoooP.Schemas;
using AwoooP.Signing;

namespace AwoooP.Models;

/// <summary>What an agent's contract in force says about asking models for it. Its limits bind each call.</summary>
internal sealed record AgentTerms(
    string Name,
    int Number,
    string Description,
    string Purpose,
    IReadOnlyList<AgentModel> Models,
    int MaxTokens,
    decimal MaxCostUsd,
    TimeSpan Timeout,
    string SchemaText,
    JsonSchema AnswerSchema)
{
    /// <param name="contract">Of kind agent; it was held against the kind's schema before it was sealed, and its seal verifies.</param>
    public static AgentTerms Read(ActiveContract contract)
    {
        var document = JsonElement.Parse(contract.Document);
        var limits = document.GetProperty("limits");
        var schema = document.GetProperty("answer_schema");
        return new AgentTerms(
            contract.Name,
            contract.Number,
            document.GetProperty("description").GetString()!,
            document.GetProperty("purpose").GetString()!,
            document.TryGetProperty("models", out var models) ? [.. models.EnumerateArray().Select(AgentModel.Read)] : [],
            limits.GetProperty("max_tokens").GetInt32(),
            limits.GetProperty("max_cost_usd").GetDecimal(),
            TimeSpan.FromSeconds(limits.GetProperty("timeout_seconds").GetInt32()),
            schema.GetRawText(),
            JsonSchema.Read(schema, JsonPath.Root.Member("answer_schema"), out var faults) ?? throw new InvalidOperationException($"{contract.Name}: {faults[0].Field}: {faults[0].Message}"));
    }
}

internal sealed record AgentModel(string Provider, string Model)
{
    public static AgentModel Read(JsonElement model) => new(model.GetProperty("provider").GetString()!, model.GetProperty("model").GetString()!);
}
