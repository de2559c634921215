using System.Text.Json;

namespace AwoooP.Records;

/// <summary>An agent as the API lists it: what the version of its contract that is in force says, or of the last that was.</summary>
public sealed record AgentRow
{
    public required string ProjectId { get; init; }

    /// <summary>The name of its contract.</summary>
    public required string AgentId { get; init; }

    /// <summary><c>agent/{name}</c></summary>
    public required string ContractId { get; init; }

    public required int ContractVersion { get; init; }
    public required Standing Status { get; init; }
    public required string Description { get; init; }
    public required string Purpose { get; init; }

    /// <summary>L1 to L4.</summary>
    public required string Autonomy { get; init; }

    /// <summary>Objects with <c>provider</c> and <c>model</c>.</summary>
    public required JsonElement Models { get; init; }

    /// <summary>Names of tools, <c>{tool}__{provider}</c>.</summary>
    public required JsonElement Tools { get; init; }

    /// <summary><c>max_tokens</c>, <c>max_cost_usd</c>, <c>timeout_seconds</c> and, where it is bounded, <c>max_tool_calls</c>.</summary>
    public required JsonElement Limits { get; init; }

    /// <summary>When a version was put in force first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this version was.</summary>
    public required DateTimeOffset ActivatedAt { get; init; }

    /// <summary>When it was taken out of force; null of an active agent.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}
