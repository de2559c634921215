using System.Text.Json.Serialization;

namespace AwoooP.Records;

/// <summary>Heads as the API answers them, for the file that they are kept in.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditHeadRow))]
internal sealed partial class AuditHeadJson : JsonSerializerContext;
