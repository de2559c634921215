using AwoooP.Approvals;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>approval_records</c> as its projection folds it.</summary>
internal sealed record ApprovalRecord
{
    public required AggregateKey Key { get; init; }
    public required string Action { get; init; }
    public required string Description { get; init; }
    public required ApprovalStatus Status { get; init; }
    public required RiskLevel Risk { get; init; }
    public required BlastRadius BlastRadius { get; init; }
    public required string RequestedBy { get; init; }
    public string? RejectionReason { get; init; }
    public required ApprovalMetadata Metadata { get; init; }
    public required string Fingerprint { get; init; }
    public required int HitCount { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required ApprovalLevel Level { get; init; }
    public IReadOnlyList<ApprovalVote> Votes { get; init; } = [];
    public required int RequiredVotes { get; init; }
    public required string IncidentId { get; init; }
    public required string PlaybookId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }

    public IReadOnlyList<ApprovalSignature> Signatures =>
        [.. Votes.Where(vote => vote.Action == VoteChoice.Approve).Select(vote => new ApprovalSignature(vote.UserId, vote.VotedAt, vote.Method, null))];
}
