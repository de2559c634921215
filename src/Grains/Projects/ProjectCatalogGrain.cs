using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

[GrainType(AggregateTypes.ProjectCatalog)]
internal sealed class ProjectCatalogGrain(AggregateServices services)
    : AggregateGrain<ProjectCatalog, ProjectCatalogEvent>(services), IProjectCatalogGrain
{
    public Task<CommandResult> RegisterAsync(RegisterProject command, CancellationToken cancellationToken) =>
        ExecuteAsync((catalog, _) => catalog.Register(command), cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(static (catalog, _) => [.. catalog.Projects], cancellationToken);
}
