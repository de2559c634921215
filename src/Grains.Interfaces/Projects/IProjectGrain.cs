using AwoooP.Brakes;
using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>
/// One project, which is one tenant. Key: <c>{project_id}/project</c>. It stands in the project itself, so that its rows and events are
/// the tenant's own, like all that belongs to it.
/// </summary>
public interface IProjectGrain : IAggregateGrain
{
    /// <summary>A project has one.</summary>
    const string Key = "project";

    /// <summary>Refused with <c>project_exists</c> when it was made before.</summary>
    Task<CommandResult> CreateAsync(CreateProject command, CancellationToken cancellationToken);

    /// <summary>Replaces the whole configuration; the one that it has already changes nothing.</summary>
    Task<CommandResult> ConfigureAsync(ConfigureProject command, CancellationToken cancellationToken);

    Task<CommandResult> SuspendAsync(SuspendProject command, CancellationToken cancellationToken);

    Task<CommandResult> ResumeAsync(ResumeProject command, CancellationToken cancellationToken);

    /// <summary>Closes a suspended project for good; one that is closed already is left as it is. Its rows are then deleted by the owner's procedure.</summary>
    Task<CommandResult> RemoveAsync(RemoveProject command, CancellationToken cancellationToken);

    /// <summary>Back to suspended, as long as nothing was deleted; one that is not being taken out is left as it is.</summary>
    Task<CommandResult> AbandonRemovalAsync(AbandonProjectRemoval command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<ProjectView?> GetAsync(CancellationToken cancellationToken);
}

public sealed record CreateProject(ProjectConfiguration Configuration);

public sealed record ConfigureProject(ProjectConfiguration Configuration);

public sealed record SuspendProject(string Reason);

public sealed record ResumeProject(string? Reason);

public sealed record RemoveProject(string Reason);

public sealed record AbandonProjectRemoval(string Reason);

public sealed record ProjectView(
    long Version,
    string ProjectId,
    ProjectStatus Status,
    ProjectConfiguration Configuration,
    ProjectSuspension? Suspension,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string> AvailableActions);

/// <summary>Who suspended a project, and why.</summary>
public sealed record ProjectSuspension(string By, string Reason, DateTimeOffset Since)
{
    /// <summary>As what it is to the project's automation.</summary>
    public PauseEntry ToPause() => new(By, $"The project is suspended: {Reason}", Since);
}
