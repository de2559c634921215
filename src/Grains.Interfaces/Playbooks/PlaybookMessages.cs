using System.Text.Json.Serialization;

namespace AwoooP.Playbooks;

/// <summary>What calls of <see cref="IPlaybookGrain"/> and <see cref="IPlaybookCatalogGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CreatePlaybook))]
[JsonSerializable(typeof(RevisePlaybook))]
[JsonSerializable(typeof(ApprovePlaybook))]
[JsonSerializable(typeof(ActivatePlaybook))]
[JsonSerializable(typeof(ArchivePlaybook))]
[JsonSerializable(typeof(RestorePlaybook))]
[JsonSerializable(typeof(RecordOutcome))]
[JsonSerializable(typeof(PlaybookView))]
[JsonSerializable(typeof(FollowPlaybooks))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<PlaybookCandidate>))]
internal sealed partial class PlaybookMessages : JsonSerializerContext;
