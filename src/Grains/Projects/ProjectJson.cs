using System.Text.Json.Serialization;

namespace AwoooP.Projects;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Project))]
[JsonSerializable(typeof(ProjectCatalog))]
internal sealed partial class ProjectJson : JsonSerializerContext;
