using System.Text.Json.Serialization;

namespace AwoooP.Deliveries;

/// <summary>What calls of <see cref="IDeadLetterGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RetryDeadLetter))]
[JsonSerializable(typeof(DiscardDeadLetter))]
internal sealed partial class DeadLetterMessages : JsonSerializerContext;
