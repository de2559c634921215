using System.Text.Json.Serialization;

namespace AwoooP.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CommandResult))]
public sealed partial class CommandJson : JsonSerializerContext;
