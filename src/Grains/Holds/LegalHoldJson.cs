using System.Text.Json.Serialization;

namespace AwoooP.Holds;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LegalHolds))]
internal sealed partial class LegalHoldJson : JsonSerializerContext;
