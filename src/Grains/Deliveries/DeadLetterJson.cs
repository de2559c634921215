using System.Text.Json.Serialization;

namespace AwoooP.Deliveries;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeadLetterFile))]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
