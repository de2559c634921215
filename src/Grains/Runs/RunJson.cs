using System.Text.Json.Serialization;
using AwoooP.Playbooks;

namespace AwoooP.Runs;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(RepairStep))]
internal sealed partial class RunJson : JsonSerializerContext;
