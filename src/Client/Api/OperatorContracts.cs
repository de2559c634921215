using System.ComponentModel.DataAnnotations;
using AwoooP.Operators;

namespace AwoooP.Client.Api;

/// <summary>Who is signed in.</summary>
/// <param name="KeyId">Null for an operator whom a token named.</param>
/// <param name="AuthMethod">api_key, oidc or local.</param>
public sealed record Me(string OperatorId, string? KeyId, string AuthMethod, string DefaultProject, IReadOnlyDictionary<string, OperatorRole> Roles);

public sealed record IssueKeyRequest
{
    public required string OperatorId { get; init; }

    /// <summary>Role by project; <c>*</c> stands for every project.</summary>
    public required IReadOnlyDictionary<string, OperatorRole> Roles { get; init; }

    /// <summary>
    /// The project that is meant when a request names none; the key needs a role there. Left out: the platform's default when <c>roles</c> reach it, else the
    /// first project of <c>roles</c> by name.
    /// </summary>
    public string? DefaultProject { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary><c>intake</c>: for sending alerts alone. Null: all that the roles allow.</summary>
    public KeyScope? Scope { get; init; }
}

public sealed record RotateKeyRequest
{
    /// <summary>How long the secret before stays good beside the new one; 0 ends it at once. A day when left out.</summary>
    [Range(0, RotateOperatorKey.MaxGraceSeconds)]
    public int? GraceSeconds { get; init; }
}

/// <param name="Key">The whole key. It is shown this once and kept nowhere.</param>
/// <param name="PreviousUntil">After a rotation: how long the secret before is good; null when it ended at once.</param>
public sealed record IssuedKey(string KeyId, string OperatorId, string Key, DateTimeOffset? ExpiresAt, DateTimeOffset? PreviousUntil = null);
