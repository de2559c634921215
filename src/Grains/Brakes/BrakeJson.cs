using System.Text.Json.Serialization;

namespace AwoooP.Brakes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Brake))]
internal sealed partial class BrakeJson : JsonSerializerContext;
