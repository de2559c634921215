using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Operators;

public abstract record OperatorKeyEvent;

/// <param name="IssuedBy">Who issued it, who issued the issuer's key, and so on; null in events from before it was told.</param>
public sealed record OperatorKeyIssued(
    string KeyId,
    string OperatorId,
    string SecretSha256,
    IReadOnlyDictionary<string, OperatorRole> Roles,
    string DefaultProject,
    DateTimeOffset? ExpiresAt,
    string By,
    KeyScope? Scope = null,
    IReadOnlyList<string>? IssuedBy = null) : OperatorKeyEvent;

public sealed record OperatorKeyRevoked(string? Reason, string By) : OperatorKeyEvent;

/// <param name="PreviousUntil">How long the secret before stays good; null when it ended at once.</param>
public sealed record OperatorKeyRotated(string SecretSha256, DateTimeOffset? PreviousUntil, string By) : OperatorKeyEvent;

/// <summary>The key was used, at the time of the event; not written for every use.</summary>
public sealed record OperatorKeyUsed : OperatorKeyEvent;

public static class OperatorEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<OperatorKeyIssued>("operator_key.issued", 1, OperatorEventJson.Default.OperatorKeyIssued),
        new EventType<OperatorKeyRevoked>("operator_key.revoked", 1, OperatorEventJson.Default.OperatorKeyRevoked),
        new EventType<OperatorKeyRotated>("operator_key.rotated", 1, OperatorEventJson.Default.OperatorKeyRotated),
        new EventType<OperatorKeyUsed>("operator_key.used", 1, OperatorEventJson.Default.OperatorKeyUsed),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperatorKeyIssued))]
[JsonSerializable(typeof(OperatorKeyRevoked))]
[JsonSerializable(typeof(OperatorKeyRotated))]
[JsonSerializable(typeof(OperatorKeyUsed))]
internal sealed partial class OperatorEventJson : JsonSerializerContext;
