using System.Text.Json.Serialization;

namespace AwoooP.Holds;

/// <summary>What calls of <see cref="ILegalHoldsGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlaceLegalHold))]
[JsonSerializable(typeof(ReleaseLegalHold))]
[JsonSerializable(typeof(LegalHoldsView))]
internal sealed partial class LegalHoldMessages : JsonSerializerContext;
