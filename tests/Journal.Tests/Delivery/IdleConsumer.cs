using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Takes nothing by itself: the test takes in its place, when it has been woken.</summary>
internal sealed class IdleConsumer(string name, IReadOnlySet<string> eventTypes) : Consumer(name, ConsumerKind.Projection, eventTypes)
{
    public bool TryDequeue() => Pending.TryRead(out _);

    public override void Acquired(PartitionFeed feed, IEnumerable<HeldQueue> held)
    {
    }

    public override void Released(PartitionFeed feed)
    {
    }

    public override Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<RetryOutcome> RetryAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(new RetryOutcome(RetryStatus.NotFound));

    public override Task FlushAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken) => Task.CompletedTask;
}
