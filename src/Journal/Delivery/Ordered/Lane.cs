using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>What is delivered one after the other. Guarded by the pump's lock.</summary>
internal sealed class Lane(PartitionFeed feed, HeldKey key)
{
    private Queue<LaneItem> _items = new();

    public PartitionFeed Feed { get; } = feed;

    public HeldKey Key { get; } = key;

    /// <summary>Running, waiting for a free worker, or backing off.</summary>
    public bool IsScheduled { get; set; }

    public int Failures { get; set; }

    public bool HasRetry => _items.Any(static item => item.Retry is not null);

    public void Add(LaneItem item) => _items.Enqueue(item);

    /// <summary>Takes what goes together, from the head: events, or one retry.</summary>
    public void Take(int most, List<LaneItem> into)
    {
        while (into.Count < most && _items.TryPeek(out var item))
        {
            if (item.Retry is not null && into.Count > 0)
                return;
            into.Add(_items.Dequeue());
            if (item.Retry is not null)
                return;
        }
    }

    /// <summary>Puts what was taken and not delivered at the head again.</summary>
    public void PutBack(IEnumerable<LaneItem> items) => _items = new Queue<LaneItem>(items.Concat(_items));

    /// <summary>The partition is lost. A retry stays asked for, and whoever delivers the partition now is told by the table.</summary>
    public void Drop()
    {
        foreach (var item in _items)
            item.Retry?.Answer.TrySetResult(new RetryOutcome(RetryStatus.Requested));
        _items.Clear();
    }
}

/// <summary>An event, or the wish to deliver again what is held.</summary>
internal readonly record struct LaneItem(TrackedEvent? Tracked, LaneRetry? Retry);

/// <param name="isAskedFor">By a person: a retry that nobody asked for tries no dead letter again.</param>
internal sealed class LaneRetry(HeldTarget target, bool isAskedFor)
{
    public HeldTarget Target { get; } = target;

    public bool IsAskedFor { get; } = isAskedFor;

    public TaskCompletionSource<RetryOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
