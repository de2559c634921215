namespace AwoooP.Journal.Delivery;

/// <summary>Where due wake-ups go.</summary>
public interface IWakeTarget
{
    /// <summary>
    /// Called at least once; the handling commit clears or advances the wake-up. Returning says that it was handled: one with a period
    /// that no commit has touched is then moved to its next time, one without fires again after a while. A fault fires it again, with back-off.
    /// </summary>
    /// <param name="dueAt">When it was due; several missed periods are one call.</param>
    ValueTask WakeAsync(AggregateId id, string name, DateTimeOffset dueAt, CancellationToken cancellationToken);
}
