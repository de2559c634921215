using System.Buffers;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Operators;

/// <summary>Issuing, rotating and revoking API keys. Pure.</summary>
internal static class OperatorKeyDecider
{
    private const int MaxProjects = 100;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static Decision<OperatorKeyEvent> Issue(OperatorKey key, IssueOperatorKey command, string by, DateTimeOffset now)
    {
        if (OperatorKeyTransitions.Table.Decide(key.Status, OperatorKeyTrigger.Issue, default).IsRefused(out var refusal))
            return refusal with { Kind = RefusalKind.Conflict, Code = "key_id_taken", Message = "A key of this id was issued before." };

        if (Invalid(command, now) is { } invalid)
            return invalid;

        string[] issuers = [.. (command.IssuerIssuedBy ?? []).Prepend(by).Distinct(StringComparer.Ordinal)];
        return issuers.Length <= IssueOperatorKey.MaxIssuers
            ? new OperatorKeyIssued(
                command.KeyId, command.OperatorId, command.SecretSha256, command.Roles, command.DefaultProject, command.ExpiresAt, by, command.Scope, issuers)
            : new Refusal(
                RefusalKind.Conflict,
                "too_many_issuers",
                $"The key would be the last of more than {IssueOperatorKey.MaxIssuers}, each issued by the one before. Let somebody issue it whose key is nearer to the first.");
    }

    public static Decision<OperatorKeyEvent> Revoke(OperatorKey key, RevokeOperatorKey command, string by) =>
        OperatorKeyTransitions.Table.Decide(key.Status, OperatorKeyTrigger.Revoke, default).IsRefused(out var refusal)
            ? refusal
            : new OperatorKeyRevoked(command.Reason, by);

    /// <summary>Expiry is not moved by it: a key that was to end ends, whatever its secret.</summary>
    public static Decision<OperatorKeyEvent> Rotate(OperatorKey key, RotateOperatorKey command, string by, DateTimeOffset now)
    {
        if (OperatorKeyTransitions.Table.Decide(key.Status, OperatorKeyTrigger.Rotate, default).IsRefused(out var refusal))
            return refusal;

        return command switch
        {
            _ when key.Issued!.ExpiresAt <= now => new Refusal(RefusalKind.Conflict, "key_expired", "The key has ended; issue a new one."),
            { SecretSha256: var hash } when !IsSha256(hash) => Refused("secret_sha256", "The secret's SHA-256 is 64 lower-case hex digits."),
            { SecretSha256: var hash } when hash == key.SecretSha256 || hash == key.PreviousSha256 =>
                Refused("secret_sha256", "The secret is not a new one."),
            { GraceSeconds: < 0 or > RotateOperatorKey.MaxGraceSeconds } =>
                Refused("grace_seconds", $"The secret before stays good for 0 to {RotateOperatorKey.MaxGraceSeconds} seconds."),
            _ => new OperatorKeyRotated(command.SecretSha256, command.GraceSeconds == 0 ? null : now.AddSeconds(command.GraceSeconds), by),
        };
    }

    public static Decision<OperatorKeyEvent> NoteUse(OperatorKey key, DateTimeOffset now)
    {
        if (OperatorKeyTransitions.Table.Decide(key.Status, OperatorKeyTrigger.NoteUse, default).IsRefused(out var refusal))
            return refusal;

        return key.LastUsedAt + OperatorKeyView.UseInterval > now ? Decision<OperatorKeyEvent>.Nothing : new OperatorKeyUsed();
    }

    private static bool IsSha256(string? hash) => hash is { Length: 64 } && !hash.AsSpan().ContainsAnyExcept(LowerHex);

    private static Refusal? Invalid(IssueOperatorKey command, DateTimeOffset now) => command switch
    {
        { KeyId: not { Length: >= 1 and <= 64 } } => Refused("key_id", "A key id has 1 to 64 characters."),
        { OperatorId: not { Length: >= 1 and <= 100 } } => Refused("operator_id", "An operator's id has 1 to 100 characters."),
        { SecretSha256: var hash } when !IsSha256(hash) =>
            Refused("secret_sha256", "The secret's SHA-256 is 64 lower-case hex digits."),
        { Roles: not { Count: >= 1 and <= MaxProjects } } => Refused("roles", $"A key has roles in 1 to {MaxProjects} projects."),
        _ when command.Roles.Values.Any(role => role == OperatorRole.None || !Enum.IsDefined(role)) => Refused("roles", "A role is viewer, operator, approver or admin."),
        { Scope: { } scope } when scope == KeyScope.None || !Enum.IsDefined(scope) => Refused("scope", "A key is narrowed to intake, or not at all."),
        { DefaultProject: not { Length: >= 1 and <= 64 } } => Refused("default_project", "A project's id has 1 to 64 characters."),
        _ when !command.Roles.ContainsKey(command.DefaultProject) && !command.Roles.ContainsKey("*") =>
            Refused("default_project", "The key has no role in its default project."),
        { ExpiresAt: { } expiry } when expiry <= now => Refused("expires_at", "The key would have expired already."),
        _ => null,
    };

    private static Refusal Refused(string field, string message) => new(RefusalKind.Invalid, $"invalid_{field}", message, Field: field);
}
