using AwoooP.Budgets;

namespace AwoooP.Models;

/// <summary>A call that could be made, with the most that it can cost.</summary>
/// <param name="At">When it was begun.</param>
internal sealed record PricedCall(Guid CallId, DateTimeOffset At, PlatformEnvelope Envelope, ModelPrice Price)
{
    /// <summary>What is charged where the provider tells nothing.</summary>
    public ModelUsage AtMost { get; } = AtMostOf(Envelope, Price);

    public Spending Estimate => new(AtMost.CostUsd, (long)AtMost.PromptTokens + AtMost.CompletionTokens);

    public ModelCall Call { get; } = new(Envelope.AgentId, Envelope.Provider, Envelope.Model, Envelope.RunId, Envelope.IncidentId);

    /// <param name="envelope">Redacted: what is sent is what is counted.</param>
    public static ModelUsage AtMostOf(PlatformEnvelope envelope, ModelPrice price) => UsageOf(price, PromptTokens.AtMost(envelope.Payload), envelope.MaxTokens);

    /// <summary>What the provider told; it is charged as it is, also where it is more than was estimated.</summary>
    public ModelUsage UsageOf(ProviderReply.Answered answer) =>
        answer is { PromptTokens: { } prompt, CompletionTokens: { } completion } ? UsageOf(Price, prompt, completion) : AtMost;

    private static ModelUsage UsageOf(ModelPrice price, int promptTokens, int completionTokens) =>
        new(promptTokens, completionTokens, price.CostOf(promptTokens, completionTokens).Usd);
}
