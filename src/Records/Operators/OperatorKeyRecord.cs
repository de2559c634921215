using AwoooP.Operators;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>One row of <c>awooop_operator_key</c> as its projection folds it.</summary>
internal sealed record OperatorKeyRecord
{
    public required AggregateKey Key { get; init; }
    public required string OperatorId { get; init; }
    public required string DefaultProject { get; init; }
    public KeyScope? Scope { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required string IssuedBy { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RotatedAt { get; init; }
    public DateTimeOffset? PreviousUntil { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public string? RevokedBy { get; init; }
    public string? RevokedReason { get; init; }
}
