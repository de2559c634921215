using System.Text.Json.Serialization;

namespace AwoooP.Contracts;

/// <summary>
/// What is known when a decision is made: the model of decision contracts, handed to governance dispatch and to agents.
/// Its schema is <c>decision-context.v1.json</c>; a field that is not there is refused.
/// </summary>
public sealed record DecisionContextV1
{
    /// <summary><c>v1</c>.</summary>
    public required string SchemaVersion { get; init; }

    public required string IncidentId { get; init; }
    public string? GovernanceEventId { get; init; }
    public string? EvidenceId { get; init; }
    public string? PlaybookId { get; init; }
    public string? PlaybookVersion { get; init; }

    /// <summary>0 to 1.</summary>
    public double? TrustScore { get; init; }

    /// <summary>0 to 1.</summary>
    public double? Similarity { get; init; }

    /// <summary>0 to 1.</summary>
    public double? CompositeScore { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    public string? ComplexityTier { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    public required string RiskLevel { get; init; }

    /// <summary>L1 to L4.</summary>
    public required string AutonomyLevel { get; init; }

    /// <summary>What else may be touched, e.g. names of workloads.</summary>
    public IReadOnlyList<string> BlastRadius { get; init => field = value ?? []; } = [];

    public IReadOnlyList<DecisionAlternative> Alternatives { get; init => field = value ?? []; } = [];

    /// <summary>Why it was decided so, in sentences.</summary>
    public IReadOnlyList<string> Reasons { get; init => field = value ?? []; } = [];
}

/// <param name="PlaybookId">What could have been done instead.</param>
/// <param name="CompositeScore">0 to 1.</param>
/// <param name="Reason">Why it was not.</param>
public sealed record DecisionAlternative(string PlaybookId, double? CompositeScore, string Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DecisionContextV1))]
public sealed partial class DecisionContextJson : JsonSerializerContext;
