using System.Text.Json.Serialization;

namespace AwoooP.Operators;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperatorKey))]
internal sealed partial class OperatorJson : JsonSerializerContext;
