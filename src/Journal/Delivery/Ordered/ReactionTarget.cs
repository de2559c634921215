using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>Event by event, in order for each source aggregate.</summary>
internal sealed class ReactionTarget(IReaction reaction) : IOrderedTarget
{
    public string Name => reaction.Name;

    public ConsumerKind Kind => ConsumerKind.Reaction;

    public IReadOnlySet<string> EventTypes => reaction.EventTypes;

    public int Batch => 1;

    public HeldKey KeyOf(RecordedEvent recorded) => HeldKey.OfAggregate(recorded);

    public bool IsTooDeep(RecordedEvent recorded) => recorded.Depth > JournalLimits.MaxDepth;

    public ValueTask DeliverAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken) =>
        reaction.ReactAsync(events[0], cancellationToken);
}
