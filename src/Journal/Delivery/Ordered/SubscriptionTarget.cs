using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>In batches of one partition and project, in order.</summary>
internal sealed class SubscriptionTarget(ISubscription subscription, int batch) : IOrderedTarget
{
    public string Name => subscription.Name;

    public ConsumerKind Kind => ConsumerKind.Subscription;

    public IReadOnlySet<string> EventTypes => subscription.EventTypes;

    public int Batch => batch;

    public HeldKey KeyOf(RecordedEvent recorded) => HeldKey.OfStream(recorded);

    /// <summary>It moves no other grain.</summary>
    public bool IsTooDeep(RecordedEvent recorded) => false;

    public ValueTask DeliverAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken) =>
        subscription.DeliverAsync(events[0].Id.ProjectId, events[0].Position.Partition, events, cancellationToken);
}
