using AwoooP.Operators;

namespace AwoooP.Records;

/// <summary>An operator's key as the API answers it to an admin of a project.</summary>
public sealed record OperatorKeyRow
{
    public required string KeyId { get; init; }
    public required string OperatorId { get; init; }

    /// <summary>Role in the project, and in every project (<c>*</c>); roles elsewhere are not shown.</summary>
    public required IReadOnlyDictionary<string, OperatorRole> Roles { get; init; }

    /// <summary>Null: all that the roles allow.</summary>
    public required KeyScope? Scope { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Who saw its secret first: where two must sign, they are no second person beside its operator.</summary>
    public required string IssuedBy { get; init; }
    public required DateTimeOffset? ExpiresAt { get; init; }
    public required DateTimeOffset? RotatedAt { get; init; }

    /// <summary>How long the secret before the last rotation is good.</summary>
    public required DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>Written once an hour at most.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset? RevokedAt { get; init; }
    public required string? RevokedBy { get; init; }
    public required string? RevokedReason { get; init; }
}
