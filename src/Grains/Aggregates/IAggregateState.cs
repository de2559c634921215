using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Aggregates;

/// <summary>An aggregate's state: an immutable fold of its events, and how it is stored as a snapshot.</summary>
public interface IAggregateState<TSelf, in TEvent>
    where TSelf : class, IAggregateState<TSelf, TEvent>
{
    /// <summary>The aggregate's type name in the journal, one of <see cref="Commands.AggregateTypes"/>.</summary>
    static abstract string AggregateType { get; }

    /// <summary>The state before the first event.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The shape of the snapshot. Raise it with every change of the shape: older snapshots are then refolded from events.</summary>
    static abstract int StateVersion { get; }

    static abstract JsonTypeInfo<TSelf> Json { get; }

    /// <summary>Whether nothing more is expected to happen, so that the grain may leave memory at once.</summary>
    bool IsEnded { get; }

    /// <summary>Live commands and replay share this one fold. Throws on an event that it does not know.</summary>
    /// <param name="at">The durable time of the event's commit.</param>
    TSelf Apply(TEvent @event, DateTimeOffset at);
}
