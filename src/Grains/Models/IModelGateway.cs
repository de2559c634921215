namespace AwoooP.Models;

/// <summary>The one way to a model: what leaves is redacted, priced and paid for from the budgets that it touches.</summary>
public interface IModelGateway
{
    /// <summary>Makes one call. What keeps it from being made or answered is a reply, not an exception.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was sent is charged as estimated.</exception>
    Task<ModelReply> AskAsync(PlatformEnvelope envelope, CancellationToken cancellationToken);

    /// <summary>What would keep a call to this model from being made now, without reserving anything: a code of <see cref="ModelRefusals"/>, or null.</summary>
    string? FindObstacle(string provider, string model);

    /// <summary>The most that the call could cost if it was made now, reckoned as <see cref="AskAsync"/> does; null where no price is known.</summary>
    ModelUsage? FindEstimate(PlatformEnvelope envelope);

    /// <summary>Whether any provider is configured.</summary>
    bool HasProviders { get; }
}

/// <summary>How a call ended.</summary>
/// <param name="Usage">What it was charged; nothing where no money was spent.</param>
public abstract record ModelReply(ModelUsage Usage)
{
    public sealed record Answered(string Text, ModelUsage Usage) : ModelReply(Usage);

    /// <param name="Code">A code of the budget's or of the gateway's refusals, or what the provider met, e.g. <c>http_503</c>.</param>
    public sealed record Unanswered(string Code, ModelUsage Usage) : ModelReply(Usage)
    {
        public Unanswered(string code)
            : this(code, default)
        {
        }
    }
}

/// <param name="CostUsd">To 4 places, rounded up.</param>
public readonly record struct ModelUsage(int PromptTokens, int CompletionTokens, decimal CostUsd)
{
    public static ModelUsage operator +(ModelUsage one, ModelUsage other) =>
        new(one.PromptTokens + other.PromptTokens, one.CompletionTokens + other.CompletionTokens, one.CostUsd + other.CostUsd);
}
