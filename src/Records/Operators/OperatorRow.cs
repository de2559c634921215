using AwoooP.Operators;

namespace AwoooP.Records;

/// <summary>An operator with a key that is good for a project, as the API answers it to an admin of the project.</summary>
public sealed record OperatorRow
{
    public required string OperatorId { get; init; }

    /// <summary>The highest role in the project, and in every project (<c>*</c>), of the keys that are neither revoked nor expired.</summary>
    public required IReadOnlyDictionary<string, OperatorRole> Roles { get; init; }

    /// <summary>When the first key with a role there was issued.</summary>
    public required DateTimeOffset FirstIssuedAt { get; init; }

    /// <summary>When the last one was.</summary>
    public required DateTimeOffset LastIssuedAt { get; init; }

    /// <summary>Of those keys; written once an hour at most.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }
}
