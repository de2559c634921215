using System.Text.Json;
using AwoooP.Approvals;
using AwoooP.Playbooks;

namespace AwoooP.Records;

/// <summary>A playbook as the API answers it.</summary>
public sealed record PlaybookRow
{
    public required string PlaybookId { get; init; }
    public required string ProjectId { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required PlaybookStatus Status { get; init; }
    public required PlaybookSource Source { get; init; }
    public required JsonElement? SymptomPattern { get; init; }
    public required JsonElement? RepairSteps { get; init; }
    public required int EstimatedDurationMinutes { get; init; }
    public required int Version { get; init; }
    public required string VersionLabel { get; init; }
    public required string? ParentPlaybookId { get; init; }
    public required string? VersionReason { get; init; }
    public required int SuccessCount { get; init; }
    public required int FailureCount { get; init; }
    public required DateTimeOffset? LastUsedAt { get; init; }
    public required double TrustScore { get; init; }
    public required string? ApprovedBy { get; init; }
    public required DateTimeOffset? ApprovedAt { get; init; }
    public required JsonElement? Tags { get; init; }
    public required string? Notes { get; init; }
    public required ApprovalLevel RequiresApprovalLevel { get; init; }
    public required RiskLevel RiskLevel { get; init; }
    public required string ActionPattern { get; init; }
    public required AutonomyLevel AutonomyLevel { get; init; }
    public required bool ReviewRequired { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
