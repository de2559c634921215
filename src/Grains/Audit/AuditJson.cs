using System.Text.Json.Serialization;

namespace AwoooP.Audit;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditTrail))]
internal sealed partial class AuditJson : JsonSerializerContext;
