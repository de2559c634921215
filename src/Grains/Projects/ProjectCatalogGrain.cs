using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

[GrainType(AggregateTypes.ProjectCatalog)]
internal sealed class ProjectCatalogGrain(AggregateServices services)
    : AggregateGrain<ProjectCatalog, ProjectCatalogEvent>(services), IProjectCatalogGrain
{
    public Task<CommandResult> RegisterAsync(RegisterProject command, CancellationToken cancellationToken) =>
        ExecuteAsync((catalog, _) => catalog.Register(command), cancellationToken);

    public Task<CommandResult> EnterRemovalAsync(EnterRemoval command, CancellationToken cancellationToken) =>
        ExecuteAsync((catalog, _) => catalog.Enter(command, Caller.Actor), cancellationToken);

    public Task<CommandResult> WithdrawRemovalAsync(WithdrawRemoval command, CancellationToken cancellationToken) =>
        ExecuteAsync((catalog, _) => catalog.Withdraw(command, Caller.Actor), cancellationToken);

    public Task<CommandResult> CompleteRemovalAsync(CompleteRemoval command, CancellationToken cancellationToken) =>
        ExecuteAsync((catalog, _) => catalog.Complete(command, Caller.Actor), cancellationToken);

    public Task<CommandResult> ReleaseAsync(ReleaseProjectId command, CancellationToken cancellationToken) =>
        ExecuteAsync((catalog, _) => catalog.Release(command, Caller.Actor), cancellationToken);

    public Task<CommandResult> EnterExportAsync(EnterExport command, CancellationToken cancellationToken) =>
        ExecuteAsync((catalog, _) => OwnerActDecider.EnterExport(catalog, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> CompleteExportAsync(CompleteExport command, CancellationToken cancellationToken) =>
        ExecuteAsync((catalog, _) => OwnerActDecider.CompleteExport(catalog, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> EnterLogCutAsync(EnterLogCut command, CancellationToken cancellationToken) =>
        ExecuteAsync((_, _) => OwnerActDecider.EnterLogCut(command, Caller.Actor), cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(static (catalog, _) => [.. catalog.Projects], cancellationToken);
}
