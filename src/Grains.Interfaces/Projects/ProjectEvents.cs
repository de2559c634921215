using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Projects;

public abstract record ProjectEvent;

public sealed record ProjectCreated(ProjectConfiguration Configuration, string By) : ProjectEvent;

public sealed record ProjectConfigured(ProjectConfiguration Configuration, string By) : ProjectEvent;

public sealed record ProjectSuspended(string Reason, string By) : ProjectEvent;

public sealed record ProjectResumed(string? Reason, string By) : ProjectEvent;

public abstract record ProjectCatalogEvent;

public sealed record ProjectRegistered(string ProjectId) : ProjectCatalogEvent;

public static class ProjectEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<ProjectCreated>("project.created", 1, ProjectEventJson.Default.ProjectCreated),
        new EventType<ProjectConfigured>("project.configured", 1, ProjectEventJson.Default.ProjectConfigured),
        new EventType<ProjectSuspended>("project.suspended", 1, ProjectEventJson.Default.ProjectSuspended),
        new EventType<ProjectResumed>("project.resumed", 1, ProjectEventJson.Default.ProjectResumed),
        new EventType<ProjectRegistered>("project_catalog.project_registered", 1, ProjectEventJson.Default.ProjectRegistered),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProjectCreated))]
[JsonSerializable(typeof(ProjectConfigured))]
[JsonSerializable(typeof(ProjectSuspended))]
[JsonSerializable(typeof(ProjectResumed))]
[JsonSerializable(typeof(ProjectRegistered))]
internal sealed partial class ProjectEventJson : JsonSerializerContext;
