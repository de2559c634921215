using System.Text.Json.Serialization;
using AwoooP.Commands;
using AwoooP.Events;

namespace AwoooP.Operators;

/// <summary>
/// One API key of an operator. Key: <c>operators/{key_id}</c>, in the reserved project <see cref="Project"/>.
/// The secret itself (256 random bits) is never here: only its SHA-256.
/// </summary>
public interface IOperatorKeyGrain : IAggregateGrain
{
    /// <summary>The reserved project that holds operators.</summary>
    const string Project = "operators";

    Task<CommandResult> IssueAsync(IssueOperatorKey command, CancellationToken cancellationToken);

    Task<CommandResult> RevokeAsync(RevokeOperatorKey command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<OperatorKeyView?> GetAsync(CancellationToken cancellationToken);
}

/// <param name="Roles">Role by project id; <c>*</c> stands for every project.</param>
/// <param name="SecretSha256">64 lower-case hex digits.</param>
public sealed record IssueOperatorKey(
    string KeyId,
    string OperatorId,
    string SecretSha256,
    IReadOnlyDictionary<string, OperatorRole> Roles,
    string DefaultProject,
    DateTimeOffset? ExpiresAt);

public sealed record RevokeOperatorKey(string? Reason);

public sealed record OperatorKeyView(
    long Version,
    string KeyId,
    string OperatorId,
    string SecretSha256,
    IReadOnlyDictionary<string, OperatorRole> Roles,
    string DefaultProject,
    DateTimeOffset? ExpiresAt,
    bool Revoked);

/// <summary>Each role includes the ones before it.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<OperatorRole>))]
public enum OperatorRole
{
    None = 0,
    Viewer,
    Operator,
    Approver,
    Admin,
}
