namespace AwoooP.Records;

/// <summary>What a project was charged for a call of a model, as the API answers it.</summary>
public sealed record LedgerRow
{
    public required Guid Id { get; init; }
    public required string ProjectId { get; init; }
    public required string? AgentId { get; init; }
    public required Guid? RunId { get; init; }
    public required string? IncidentId { get; init; }
    public required string? Model { get; init; }
    public required string? Provider { get; init; }

    /// <summary>Null while nobody has said how many, or what the call has cost: it is charged as it was estimated.</summary>
    public required int? PromptTokens { get; init; }

    /// <summary>Null as <c>prompt_tokens</c> is.</summary>
    public required int? CompletionTokens { get; init; }

    /// <summary>US dollars, to 4 places. Below 0 where a call that was charged as estimated has cost less.</summary>
    public required decimal CostUsd { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}
