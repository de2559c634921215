using System.Text.Json;
using AwoooP.Approvals;

namespace AwoooP.Records;

/// <summary>An approval as the API answers it.</summary>
public sealed record ApprovalRow
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string Action { get; init; }
    public required string Description { get; init; }
    public required ApprovalStatus Status { get; init; }
    public required RiskLevel RiskLevel { get; init; }
    public required string ApprovalLevel { get; init; }
    public required int RequiredVotes { get; init; }
    public required int CurrentSignatures { get; init; }

    /// <summary>Array of {user_id, voted_at, action, method, comment}.</summary>
    public required JsonElement? ApprovalVotes { get; init; }

    /// <summary>{namespace, target, steps}.</summary>
    public required JsonElement? BlastRadius { get; init; }

    public required string RequestedBy { get; init; }
    public required string? RejectionReason { get; init; }

    /// <summary>run_id, plan_sha256, playbook_name, playbook_version, risk, autonomy, trust_score, escalates_at, escalated_at, ended_by, reason, error_code.</summary>
    public required JsonElement? ExtraMetadata { get; init; }

    public required string? Fingerprint { get; init; }
    public required int HitCount { get; init; }
    public required string? IncidentId { get; init; }
    public required string? MatchedPlaybookId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required DateTimeOffset? ExpiresAt { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
}
