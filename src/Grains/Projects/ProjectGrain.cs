using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

[GrainType(AggregateTypes.Project)]
internal sealed class ProjectGrain(AggregateServices services) : AggregateGrain<Project, ProjectEvent>(services), IProjectGrain
{
    public Task<CommandResult> CreateAsync(CreateProject command, CancellationToken cancellationToken) =>
        ExecuteAsync((project, _) => ProjectDecider.Create(project, Id.ProjectId, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ConfigureAsync(ConfigureProject command, CancellationToken cancellationToken) =>
        ExecuteAsync((project, _) => ProjectDecider.Configure(project, Id.ProjectId, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> SuspendAsync(SuspendProject command, CancellationToken cancellationToken) =>
        ExecuteAsync((project, _) => ProjectDecider.Suspend(project, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ResumeAsync(ResumeProject command, CancellationToken cancellationToken) =>
        ExecuteAsync((project, _) => ProjectDecider.Resume(project, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> RemoveAsync(RemoveProject command, CancellationToken cancellationToken) =>
        ExecuteAsync((project, _) => ProjectDecider.Remove(project, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> AbandonRemovalAsync(AbandonProjectRemoval command, CancellationToken cancellationToken) =>
        ExecuteAsync((project, _) => ProjectDecider.AbandonRemoval(project, command, Caller.Actor), cancellationToken);

    public Task<ProjectView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    private ProjectView? ViewOf(Project project, long version) => project.Configuration is not { } configuration
        ? null
        : new ProjectView(
            version,
            Id.ProjectId,
            project.Status,
            configuration,
            project.Suspension,
            project.CreatedAt,
            project.UpdatedAt,
            ProjectTransitions.Table.AvailableActions(project.Status, default));
}
