using System.Text.Json.Serialization;

namespace AwoooP.Playbooks;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(PlaybookState))]
[JsonSerializable(typeof(PlaybookCatalogState))]
[JsonSerializable(typeof(PlaybookDefinition))]
[JsonSerializable(typeof(IReadOnlyList<RepairStep>))]
internal sealed partial class PlaybookStateJson : JsonSerializerContext;
