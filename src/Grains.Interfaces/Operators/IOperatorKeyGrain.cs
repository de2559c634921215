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

    /// <summary>Gives the key a new secret; the one before stays good for the grace that the command names.</summary>
    Task<CommandResult> RotateAsync(RotateOperatorKey command, CancellationToken cancellationToken);

    /// <summary>Says that the key was used just now. Written once in <see cref="OperatorKeyView.UseInterval"/> at most.</summary>
    Task<CommandResult> NoteUseAsync(CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<OperatorKeyView?> GetAsync(CancellationToken cancellationToken);
}

/// <param name="Roles">Role by project id; <c>*</c> stands for every project.</param>
/// <param name="SecretSha256">64 lower-case hex digits.</param>
/// <param name="IssuerIssuedBy">The <see cref="OperatorKeyView.IssuedBy"/> of the key that the issuer uses; empty when a token tells who it is.</param>
public sealed record IssueOperatorKey(
    string KeyId,
    string OperatorId,
    string SecretSha256,
    IReadOnlyDictionary<string, OperatorRole> Roles,
    string DefaultProject,
    DateTimeOffset? ExpiresAt,
    KeyScope? Scope = null,
    IReadOnlyList<string>? IssuerIssuedBy = null)
{
    /// <summary>Issuers of a key, one behind the other.</summary>
    public const int MaxIssuers = 32;
}

public sealed record RevokeOperatorKey(string? Reason);

/// <param name="SecretSha256">Of the new secret; 64 lower-case hex digits.</param>
/// <param name="GraceSeconds">How long the secret before stays good; 0 to <see cref="MaxGraceSeconds"/>.</param>
public sealed record RotateOperatorKey(string SecretSha256, int GraceSeconds)
{
    public const int DefaultGraceSeconds = 24 * 60 * 60;

    public const int MaxGraceSeconds = 7 * DefaultGraceSeconds;
}

/// <param name="Scope">Null: all that the roles allow.</param>
/// <param name="PreviousSha256">Of the secret before the last rotation, good until <paramref name="PreviousUntil"/>.</param>
/// <param name="LastUsedAt">To the hour or so.</param>
/// <param name="IssuedBy">Whoever may know the secret besides its operator: the key's issuer, who issued the issuer's, and so on.</param>
public sealed record OperatorKeyView(
    long Version,
    string KeyId,
    string OperatorId,
    string SecretSha256,
    IReadOnlyDictionary<string, OperatorRole> Roles,
    string DefaultProject,
    DateTimeOffset? ExpiresAt,
    bool Revoked,
    KeyScope? Scope = null,
    string? PreviousSha256 = null,
    DateTimeOffset? PreviousUntil = null,
    DateTimeOffset? LastUsedAt = null,
    IReadOnlyList<string>? IssuedBy = null)
{
    /// <summary>So often a use is written at most.</summary>
    public static readonly TimeSpan UseInterval = TimeSpan.FromHours(1);
}

/// <summary>What a key is narrowed to, whatever its roles would allow.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<KeyScope>))]
public enum KeyScope
{
    None = 0,

    /// <summary>What senders of alerts call, and nothing of the platform API.</summary>
    Intake,
}

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
