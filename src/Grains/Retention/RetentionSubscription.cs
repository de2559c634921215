using System.Collections.Frozen;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Projects;

namespace AwoooP.Retention;

/// <summary>
/// Begins the sweeps of every project. A subscription and not a reaction, since it shall see the projects that were made before it; the command
/// changes nothing the second time, so no position is kept.
/// </summary>
internal sealed class RetentionSubscription(IGrainFactory grains, EventCatalog events) : ISubscription
{
    public string Name => "retention";

    public IReadOnlySet<string> EventTypes { get; } = new[] { events.NameOf<ProjectCreated>() }.ToFrozenSet(StringComparer.Ordinal);

    public async ValueTask DeliverAsync(string projectId, short partition, IReadOnlyList<RecordedEvent> recorded, CancellationToken cancellationToken)
    {
        CallContext.Current = new CallContext { ProjectId = projectId, Actor = Actors.Platform };
        var result = await grains.GetGrain<IRetentionGrain>($"{projectId}/{IRetentionGrain.Key}").ScheduleAsync(cancellationToken);
        if (result.Refusal is { } refusal)
            throw new DeterministicFaultException($"The retention of {projectId} could not be scheduled: {refusal.Code}.");
    }
}
