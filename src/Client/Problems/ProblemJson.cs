using System.Text.Json.Serialization;

namespace AwoooP.Client.Problems;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(string))]
internal sealed partial class ProblemJson : JsonSerializerContext;
