using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;

namespace AwoooP.Aggregates;

/// <summary>Brings due wake-ups to their grains, as the platform and in the grain's own project.</summary>
internal sealed class WakeTarget(IGrainFactory grains) : IWakeTarget
{
    public async ValueTask WakeAsync(AggregateId id, string name, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        CallContext.Current = new CallContext { ProjectId = id.ProjectId, Actor = Actors.Platform };
        await grains.GetAggregate(id.Type, id.Key).WakeAsync(name, dueAt, cancellationToken);
    }
}
