using System.Text.Json.Serialization;

namespace AwoooP.Commands;

/// <summary>What calls of every aggregate carry: wake-ups, the answer of a command, and the context beside each call.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(CallContext))]
internal sealed partial class CommandMessages : JsonSerializerContext;
