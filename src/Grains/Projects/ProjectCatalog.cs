using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>The ids of all projects, and of those that were taken out. Its snapshot, too.</summary>
internal sealed record ProjectCatalog : IAggregateState<ProjectCatalog, ProjectCatalogEvent>
{
    /// <summary>Ids that stand here, those that were taken out too; each stands in one of the sets. The longest of them fill half of what a state may have.</summary>
    public const int MaxProjects = 2000;

    public static string AggregateType => AggregateTypes.ProjectCatalog;

    public static ProjectCatalog Initial { get; } = new();

    public static int StateVersion => 2;

    public static JsonTypeInfo<ProjectCatalog> Json => ProjectJson.Default.ProjectCatalog;

    public ImmutableSortedSet<string> Projects { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Those that are being taken out.</summary>
    public ImmutableSortedSet<string> Removing { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Those that were taken out. Their ids are spoken for until they are released.</summary>
    public ImmutableSortedSet<string> Removed { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    [JsonIgnore]
    public bool IsEnded => false;

    public Decision<ProjectCatalogEvent> Register(RegisterProject command)
    {
        if (Removing.Contains(command.ProjectId) || Removed.Contains(command.ProjectId))
            return new Refusal(RefusalKind.Conflict, ProjectRefusals.Removed, "A project of this id was taken out; an owner can release the id.");
        if (Projects.Contains(command.ProjectId))
            return Decision<ProjectCatalogEvent>.Nothing;
        if (!ProjectName.IsValid(command.ProjectId))
            return new Refusal(RefusalKind.Invalid, "invalid_project_id", "Not a project's name.", Field: "$.project_id");

        return Projects.Count + Removing.Count + Removed.Count < MaxProjects
            ? new ProjectRegistered(command.ProjectId)
            : new Refusal(RefusalKind.Conflict, "too_many_projects", $"There are {MaxProjects} projects, and no more can be made.");
    }

    public Decision<ProjectCatalogEvent> Enter(EnterRemoval command, string by)
    {
        if (FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid)
            return invalid;
        if (Removing.Contains(command.ProjectId))
            return Decision<ProjectCatalogEvent>.Nothing;

        return Projects.Contains(command.ProjectId) ? new RemovalEntered(command.ProjectId, command.Reason, by) : NotFound(command.ProjectId);
    }

    public Decision<ProjectCatalogEvent> Withdraw(WithdrawRemoval command, string by)
    {
        if (FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid)
            return invalid;
        if (Projects.Contains(command.ProjectId))
            return Decision<ProjectCatalogEvent>.Nothing;

        return Removing.Contains(command.ProjectId) ? new RemovalWithdrawn(command.ProjectId, command.Reason, by) : NotFound(command.ProjectId);
    }

    public Decision<ProjectCatalogEvent> Complete(CompleteRemoval command, string by)
    {
        if (Removed.Contains(command.ProjectId))
            return Decision<ProjectCatalogEvent>.Nothing;

        return Removing.Contains(command.ProjectId)
            ? new ProjectRemoved(command.ProjectId, command.Rows, command.ManifestSha256, by)
            : NotFound(command.ProjectId);
    }

    public Decision<ProjectCatalogEvent> Release(ReleaseProjectId command, string by)
    {
        if (Removing.Contains(command.ProjectId))
            return new Refusal(RefusalKind.Conflict, "removal_under_way", "The project is not wholly taken out.");

        return Removed.Contains(command.ProjectId) ? new ProjectIdReleased(command.ProjectId, by) : Decision<ProjectCatalogEvent>.Nothing;
    }

    public ProjectCatalog Apply(ProjectCatalogEvent @event, DateTimeOffset at) => @event switch
    {
        ProjectRegistered registered => this with { Projects = Projects.Add(registered.ProjectId) },
        RemovalEntered entered => this with { Projects = Projects.Remove(entered.ProjectId), Removing = Removing.Add(entered.ProjectId) },
        RemovalWithdrawn withdrawn => this with { Projects = Projects.Add(withdrawn.ProjectId), Removing = Removing.Remove(withdrawn.ProjectId) },
        ProjectRemoved removed => this with { Removing = Removing.Remove(removed.ProjectId), Removed = Removed.Add(removed.ProjectId) },
        ProjectIdReleased released => this with { Removed = Removed.Remove(released.ProjectId) },
        // Nothing of the project has changed.
        ExportEntered or ProjectExported or LogCutEntered => this,
        _ => throw new InvalidOperationException($"A catalogue of projects does not know {@event.GetType().Name}."),
    };

    private static Refusal NotFound(string projectId) => new(RefusalKind.NotFound, ProjectRefusals.NotFound, $"There is no project {projectId}.");
}
