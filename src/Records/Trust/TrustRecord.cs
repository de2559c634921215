using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>trust_records</c> as its projection folds it.</summary>
internal sealed record TrustRecord
{
    public required AggregateKey Key { get; init; }
    public int Score { get; init; }
    public int Approvals { get; init; }
    public int Rejections { get; init; }
    public string? LastApprovalBy { get; init; }
    public DateTimeOffset? LastApprovalAt { get; init; }
    public string? LastRejectionBy { get; init; }
    public DateTimeOffset? LastRejectionAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
