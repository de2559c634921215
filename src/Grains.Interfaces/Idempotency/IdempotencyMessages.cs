using System.Text.Json.Serialization;

namespace AwoooP.Idempotency;

/// <summary>What calls of <see cref="IIdempotencyGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TakeIdempotencyKey))]
[JsonSerializable(typeof(IdempotencyView))]
internal sealed partial class IdempotencyMessages : JsonSerializerContext;
