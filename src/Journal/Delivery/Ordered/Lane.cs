using AwoooP.Journal.Delivery.Feed;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>What is delivered one after the other. Its fields are guarded by the pump's lock.</summary>
internal sealed class Lane(PartitionFeed feed, HeldKey key)
{
    public PartitionFeed Feed { get; } = feed;

    public HeldKey Key { get; } = key;

    public Queue<LaneItem> Items { get; } = new();

    /// <summary>Running, waiting for a free worker, or backing off.</summary>
    public bool IsScheduled { get; set; }

    public int Failures { get; set; }
}

/// <summary>An event, or a person's wish to deliver again what is held.</summary>
internal readonly record struct LaneItem(TrackedEvent? Tracked, LaneRetry? Retry);

internal sealed class LaneRetry(HeldTarget target)
{
    public HeldTarget Target { get; } = target;

    public TaskCompletionSource<RetryOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
