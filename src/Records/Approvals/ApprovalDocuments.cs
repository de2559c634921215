using AwoooP.Approvals;
using AwoooP.Playbooks;

namespace AwoooP.Records;

/// <summary>One entry of <c>approval_records.approval_votes</c>.</summary>
internal sealed record ApprovalVote(string UserId, DateTimeOffset VotedAt, VoteChoice Action, string Method, string? Comment);

/// <summary>One entry of <c>approval_records.signatures</c>: a vote in favour.</summary>
/// <param name="TokenJti">The approval token it was given by; null when none was.</param>
internal sealed record ApprovalSignature(string Signer, DateTimeOffset SignedAt, string Method, string? TokenJti);

/// <summary><c>approval_records.blast_radius</c>: what the plan touches.</summary>
internal sealed record BlastRadius(string Namespace, string Target, int Steps);

/// <summary><c>approval_records.extra_metadata</c>.</summary>
internal sealed record ApprovalMetadata
{
    public required Guid RunId { get; init; }
    public required string PlanSha256 { get; init; }
    public required string PlaybookName { get; init; }
    public required int PlaybookVersion { get; init; }
    public required RiskLevel Risk { get; init; }
    public required AutonomyLevel Autonomy { get; init; }
    public required double TrustScore { get; init; }
    public required DateTimeOffset EscalatesAt { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }
    public string? EndedBy { get; init; }
    public string? Reason { get; init; }
    public string? ErrorCode { get; init; }
}
