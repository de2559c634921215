using AwoooP.Playbooks;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>playbooks</c> as its projection folds it.</summary>
internal sealed record PlaybookRecord
{
    public required AggregateKey Key { get; init; }
    public required PlaybookDefinition Definition { get; init; }
    public required PlaybookStatus Status { get; init; }
    public required PlaybookSource Source { get; init; }
    public int Version { get; init; } = 1;
    public string? ParentPlaybookId { get; init; }
    public string? VersionReason { get; init; }
    public int SuccessCount { get; init; }
    public int FailureCount { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public required double TrustScore { get; init; }
    public string? ApprovedBy { get; init; }
    public DateTimeOffset? ApprovedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
