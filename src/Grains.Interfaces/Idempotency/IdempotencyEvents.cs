using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Idempotency;

public abstract record IdempotencyEvent;

public sealed record IdempotencyKeyTaken(string RequestSha256, Guid CommandId, string? Resource, DateTimeOffset ExpiresAt) : IdempotencyEvent;

/// <summary>The day is over: the key may be used for another request.</summary>
public sealed record IdempotencyKeyExpired : IdempotencyEvent;

public static class IdempotencyEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<IdempotencyKeyTaken>("idempotency.key_taken", 1, IdempotencyEventJson.Default.IdempotencyKeyTaken),
        new EventType<IdempotencyKeyExpired>("idempotency.key_expired", 1, IdempotencyEventJson.Default.IdempotencyKeyExpired),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IdempotencyKeyTaken))]
[JsonSerializable(typeof(IdempotencyKeyExpired))]
internal sealed partial class IdempotencyEventJson : JsonSerializerContext;
