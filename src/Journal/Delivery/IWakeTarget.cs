namespace AwoooP.Journal.Delivery;

/// <summary>Where due wake-ups go. Called at least once; the handling commit clears or advances the wake-up.</summary>
public interface IWakeTarget
{
    ValueTask WakeAsync(AggregateId id, string name, DateTimeOffset dueAt, CancellationToken cancellationToken);
}
