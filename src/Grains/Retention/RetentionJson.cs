using System.Text.Json.Serialization;

namespace AwoooP.Retention;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RetentionSchedule))]
internal sealed partial class RetentionJson : JsonSerializerContext;
