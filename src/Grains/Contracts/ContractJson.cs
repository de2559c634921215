using System.Text.Json.Serialization;

namespace AwoooP.Contracts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Contract))]
internal sealed partial class ContractJson : JsonSerializerContext;
