using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>The ids of all projects. Its snapshot, too.</summary>
internal sealed record ProjectCatalog : IAggregateState<ProjectCatalog, ProjectCatalogEvent>
{
    /// <summary>Of them the longest ids fill half of what a state may have.</summary>
    public const int MaxProjects = 2000;

    public static string AggregateType => AggregateTypes.ProjectCatalog;

    public static ProjectCatalog Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<ProjectCatalog> Json => ProjectJson.Default.ProjectCatalog;

    public ImmutableSortedSet<string> Projects { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    [JsonIgnore]
    public bool IsEnded => false;

    public Decision<ProjectCatalogEvent> Register(RegisterProject command)
    {
        if (Projects.Contains(command.ProjectId))
            return Decision<ProjectCatalogEvent>.Nothing;
        if (!ProjectName.IsValid(command.ProjectId))
            return new Refusal(RefusalKind.Invalid, "invalid_project_id", "Not a project's name.", Field: "$.project_id");

        return Projects.Count < MaxProjects
            ? new ProjectRegistered(command.ProjectId)
            : new Refusal(RefusalKind.Conflict, "too_many_projects", $"There are {MaxProjects} projects, and no more can be made.");
    }

    public ProjectCatalog Apply(ProjectCatalogEvent @event, DateTimeOffset at) => @event switch
    {
        ProjectRegistered registered => this with { Projects = Projects.Add(registered.ProjectId) },
        _ => throw new InvalidOperationException($"A catalogue of projects does not know {@event.GetType().Name}."),
    };
}
