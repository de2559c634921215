using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Operators;

public abstract record OperatorKeyEvent;

public sealed record OperatorKeyIssued(
    string KeyId,
    string OperatorId,
    string SecretSha256,
    IReadOnlyDictionary<string, OperatorRole> Roles,
    string DefaultProject,
    DateTimeOffset? ExpiresAt,
    string By) : OperatorKeyEvent;

public sealed record OperatorKeyRevoked(string? Reason, string By) : OperatorKeyEvent;

public static class OperatorEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<OperatorKeyIssued>("operator_key.issued", 1, OperatorEventJson.Default.OperatorKeyIssued),
        new EventType<OperatorKeyRevoked>("operator_key.revoked", 1, OperatorEventJson.Default.OperatorKeyRevoked),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperatorKeyIssued))]
[JsonSerializable(typeof(OperatorKeyRevoked))]
internal sealed partial class OperatorEventJson : JsonSerializerContext;
