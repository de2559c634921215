namespace AwoooP.Journal.Delivery;

/// <summary>
/// How one aggregate moves another: for an event it sends commands whose ids derive from the event's position
/// (<see cref="ReactionCommandId"/>), so that redelivery answers the first outcome.
/// It is called at least once an event, in order for each source aggregate, at the same time for different ones.
/// </summary>
public interface IReaction
{
    /// <summary>Stable: names the cursor.</summary>
    string Name { get; }

    IReadOnlySet<string> EventTypes { get; }

    /// <summary>Throw for an outage: delivery backs off and tries again. Throw <see cref="DeterministicFaultException"/> to dead-letter.</summary>
    ValueTask ReactAsync(RecordedEvent recorded, CancellationToken cancellationToken);
}
