using System.Text.Json;
using System.Text.Json.Serialization;

namespace AwoooP.Models;

/// <summary>What a model step leaves in the run's journal, as JSON. The answer stands last, since a long text is cut at its end.</summary>
/// <param name="Degraded">The answer is the one by rules.</param>
/// <param name="ErrorCode">Why it is.</param>
internal sealed record ModelStepOutput(
    string Agent,
    int AgentVersion,
    string Provider,
    string Model,
    int PromptTokens,
    int CompletionTokens,
    decimal CostUsd,
    bool Degraded,
    string? ErrorCode,
    JsonElement Answer)
{
    public static ModelStepOutput Of(ModelQuestion question, ModelUsage usage, JsonElement answer, string? errorCode) => new(
        question.Agent.Name,
        question.Agent.Number,
        question.Model.Provider,
        question.Model.Model,
        usage.PromptTokens,
        usage.CompletionTokens,
        usage.CostUsd,
        errorCode is not null,
        errorCode,
        answer);

    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Default.ModelStepOutput);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelStepOutput))]
internal sealed partial class ModelJson : JsonSerializerContext;
