using AwoooP.Aggregates;
using AwoooP.Commands;
using Microsoft.Extensions.Logging;

namespace AwoooP.Playbooks;

[GrainType(AggregateTypes.PlaybookCatalog)]
internal sealed partial class PlaybookCatalogGrain(AggregateServices services, ILogger<PlaybookCatalogGrain> logger)
    : AggregateGrain<PlaybookCatalog, PlaybookCatalogEvent>(services), IPlaybookCatalogGrain
{
    public async Task<CommandResult> FollowAsync(FollowPlaybooks command, CancellationToken cancellationToken)
    {
        var passedOver = 0;
        var result = await ExecuteAsync((catalog, _) => PlaybookCatalogDecider.Follow(catalog, command, out passedOver), cancellationToken);
        if (passedOver > 0)
            PassedOver(logger, Id.ProjectId, passedOver);
        return result;
    }

    public Task<IReadOnlyList<PlaybookCandidate>> FindAsync(string alertName, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        ReadAsync((catalog, _) => PlaybookCatalogDecider.Find(catalog, alertName, labels), cancellationToken);

    [LoggerMessage(1, LogLevel.Error, "The playbook catalogue of {ProjectId} is full: {Count} active playbooks are not matched")]
    private static partial void PassedOver(ILogger logger, string projectId, int count);
}
