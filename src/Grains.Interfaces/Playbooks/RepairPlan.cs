using AwoooP.Approvals;

namespace AwoooP.Playbooks;

/// <summary>A playbook made concrete for one incident: every template filled in. What people sign is its hash.</summary>
public sealed record RepairPlan
{
    public required string PlaybookId { get; init; }
    public required int PlaybookVersion { get; init; }
    public required string PlaybookName { get; init; }
    public required string IncidentId { get; init; }
    public required string Fingerprint { get; init; }
    public required Guid ApprovalId { get; init; }
    public required Guid RunId { get; init; }

    /// <summary>One repair of a target at a time: <c>{namespace}/{target}</c>.</summary>
    public required string Target { get; init; }

    public required string Namespace { get; init; }
    public required IReadOnlyList<RepairStep> Steps { get; init; }
    public required string ActionPattern { get; init; }
    public required RiskLevel Risk { get; init; }

    /// <summary>The risk after trust in the action pattern was counted.</summary>
    public required RiskLevel EffectiveRisk { get; init; }

    public required ApprovalLevel ApprovalLevel { get; init; }
    public required AutonomyLevel Autonomy { get; init; }
    public required double TrustScore { get; init; }
    public required double Similarity { get; init; }

    /// <summary>SHA-256, 64 lower-case hex digits, over playbook id and version, target and the canonical JSON of the steps.</summary>
    public required string PlanSha256 { get; init; }
}
