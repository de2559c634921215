using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Idempotency;

/// <summary>What an idempotency key is taken for; nothing when it is free.</summary>
internal sealed record IdempotencyKey : IAggregateState<IdempotencyKey, IdempotencyEvent>
{
    public const string ExpiryWake = "expiry";

    /// <summary>As long as clients are promised that a repeat answers the same.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static string AggregateType => AggregateTypes.Idempotency;

    public static IdempotencyKey Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<IdempotencyKey> Json => IdempotencyJson.Default.IdempotencyKey;

    public string? RequestSha256 { get; init; }

    public Guid CommandId { get; init; }

    public string? Resource { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    [JsonIgnore]
    public bool IsEnded => RequestSha256 is null;

    public Decision<IdempotencyEvent> Decide(TakeIdempotencyKey command, DateTimeOffset now)
    {
        if (RequestSha256 is null || ExpiresAt <= now)
        {
            var expiresAt = now + Lifetime;
            return Decision<IdempotencyEvent>.Of(new IdempotencyKeyTaken(command.RequestSha256, command.CommandId, command.Resource, expiresAt))
                .WakeAt(ExpiryWake, expiresAt);
        }

        return RequestSha256 == command.RequestSha256
            ? Decision<IdempotencyEvent>.Nothing
            : new Refusal(RefusalKind.Conflict, "idempotency_key_reused", "The idempotency key was used for another request; nothing was changed.");
    }

    public Decision<IdempotencyEvent> DecideExpiry(DateTimeOffset now) => RequestSha256 is not null && ExpiresAt <= now
        ? Decision<IdempotencyEvent>.Of(new IdempotencyKeyExpired()).ClearWake(ExpiryWake)
        : Decision<IdempotencyEvent>.Nothing;

    public IdempotencyKey Apply(IdempotencyEvent @event, DateTimeOffset at) => @event switch
    {
        IdempotencyKeyTaken taken => new IdempotencyKey
        {
            RequestSha256 = taken.RequestSha256,
            CommandId = taken.CommandId,
            Resource = taken.Resource,
            ExpiresAt = taken.ExpiresAt,
        },
        IdempotencyKeyExpired => Initial,
        _ => throw new InvalidOperationException($"An idempotency key knows no {@event.GetType().Name}."),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IdempotencyKey))]
internal sealed partial class IdempotencyJson : JsonSerializerContext;
