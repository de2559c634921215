namespace AwoooP.Journal.Delivery;

/// <summary>
/// Delivers the log in batches to grains that keep the last sequence of each source partition in their own state, and so apply once.
/// Because a subscriber drops what lies at or below that sequence, a dead letter holds back everything later of the same
/// partition and project, not only of the same aggregate: otherwise its retry would be taken for a repeat.
/// </summary>
public interface ISubscription
{
    /// <summary>Stable: names the cursor.</summary>
    string Name { get; }

    IReadOnlySet<string> EventTypes { get; }

    /// <summary>
    /// Events of one partition and one project, in order. Throw for an outage: the same events come again.
    /// Throw <see cref="DeterministicFaultException"/>: they come one by one, and the one that throws again is dead-lettered.
    /// </summary>
    ValueTask DeliverAsync(string projectId, short partition, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken);
}
