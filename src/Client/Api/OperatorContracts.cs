using AwoooP.Operators;

namespace AwoooP.Client.Api;

/// <summary>Who is signed in.</summary>
public sealed record Me(string OperatorId, string KeyId, string AuthMethod, string DefaultProject, IReadOnlyDictionary<string, OperatorRole> Roles);

public sealed record IssueKeyRequest
{
    public required string OperatorId { get; init; }

    /// <summary>Role by project; <c>*</c> stands for every project.</summary>
    public required IReadOnlyDictionary<string, OperatorRole> Roles { get; init; }

    public required string DefaultProject { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <param name="Key">The whole key. It is shown this once and kept nowhere.</param>
public sealed record IssuedKey(string KeyId, string OperatorId, string Key, DateTimeOffset? ExpiresAt);
