using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>What an <see cref="OrderedPump"/> delivers to: a reaction or a subscription.</summary>
internal interface IOrderedTarget
{
    string Name { get; }

    ConsumerKind Kind { get; }

    IReadOnlySet<string> EventTypes { get; }

    /// <summary>Events delivered by one call at most.</summary>
    int Batch { get; }

    /// <summary>What must stay in order, and so queues behind a dead letter.</summary>
    HeldKey KeyOf(RecordedEvent recorded);

    /// <summary>Whether a chain this long is cut off here.</summary>
    bool IsTooDeep(RecordedEvent recorded);

    ValueTask DeliverAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken);
}
