namespace AwoooP.Journal.Delivery;

/// <summary>
/// How one aggregate moves another: for an event it sends commands whose ids derive from the event's position,
/// so that redelivery answers the first outcome. It is called at least once an event, in order for each source aggregate.
/// </summary>
public interface IReaction
{
    /// <summary>Stable: names the cursor.</summary>
    string Name { get; }

    IReadOnlySet<string> EventTypes { get; }

    /// <summary>Throw for an outage: delivery backs off and tries again. Throw <see cref="DeterministicFaultException"/> to dead-letter.</summary>
    ValueTask ReactAsync(RecordedEvent recorded, CancellationToken cancellationToken);
}

/// <summary>
/// Delivers the log in batches to grains that keep the last sequence of each source partition in their own state, and so apply once.
/// </summary>
public interface ISubscription
{
    /// <summary>Stable: names the cursor.</summary>
    string Name { get; }

    IReadOnlySet<string> EventTypes { get; }

    /// <summary>Events of one partition and one project, in order.</summary>
    ValueTask DeliverAsync(string projectId, short partition, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken);
}

/// <summary>A fault that a retry cannot cure: the event is dead-lettered and later events of its aggregate queue behind it.</summary>
public sealed class DeterministicFaultException(string message, Exception? inner = null) : Exception(message, inner);
