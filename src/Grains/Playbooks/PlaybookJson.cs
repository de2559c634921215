using System.Text.Json.Serialization;

namespace AwoooP.Playbooks;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Playbook))]
[JsonSerializable(typeof(PlaybookCatalog))]
[JsonSerializable(typeof(PlaybookDefinition))]
[JsonSerializable(typeof(IReadOnlyList<RepairStep>))]
internal sealed partial class PlaybookJson : JsonSerializerContext;
