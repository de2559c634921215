using System.Text.Json.Serialization;

namespace AwoooP.Projects;

/// <summary>What calls of <see cref="IProjectGrain"/> and <see cref="IProjectCatalogGrain"/> carry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CreateProject))]
[JsonSerializable(typeof(ConfigureProject))]
[JsonSerializable(typeof(SuspendProject))]
[JsonSerializable(typeof(ResumeProject))]
[JsonSerializable(typeof(RemoveProject))]
[JsonSerializable(typeof(AbandonProjectRemoval))]
[JsonSerializable(typeof(ProjectView))]
[JsonSerializable(typeof(RegisterProject))]
[JsonSerializable(typeof(EnterRemoval))]
[JsonSerializable(typeof(WithdrawRemoval))]
[JsonSerializable(typeof(CompleteRemoval))]
[JsonSerializable(typeof(ReleaseProjectId))]
[JsonSerializable(typeof(EnterExport))]
[JsonSerializable(typeof(CompleteExport))]
[JsonSerializable(typeof(EnterLogCut))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ProjectMessages : JsonSerializerContext;
