using System.Collections.Concurrent;
using AwoooP.Journal.Delivery.Live;

namespace AwoooP.Journal.Delivery.Feed;

/// <summary>Where durable events enter: hands each to its partition's feed and to whoever reads live.</summary>
internal sealed class EventHub(LiveFeed live) : ICommitObserver
{
    private readonly ConcurrentDictionary<short, PartitionFeed> _feeds = new();

    /// <summary>Raised with the partition and the time when a wake-up was set; the earliest time when one may have been, and nobody knows for when.</summary>
    public event Action<short, DateTimeOffset>? WakeSet;

    public IEnumerable<PartitionFeed> Feeds => _feeds.Values;

    public PartitionFeed? Find(short partition) => _feeds.GetValueOrDefault(partition);

    public void Add(PartitionFeed feed) => _feeds[feed.Partition] = feed;

    public void Remove(PartitionFeed feed)
    {
        feed.Stop();
        _feeds.TryRemove(new KeyValuePair<short, PartitionFeed>(feed.Partition, feed));
    }

    public void OnCommitted(IReadOnlyList<RecordedEvent> events)
    {
        foreach (var recorded in events)
            Find(recorded.Position.Partition)?.Append(recorded);
        live.Publish(events);
    }

    public void OnWakeSet(short partition, DateTimeOffset dueAt) => WakeSet?.Invoke(partition, dueAt);

    /// <summary>What is found then goes to the consumers only: those who read live are told to look for themselves.</summary>
    public void OnUncertain(short partition)
    {
        Find(partition)?.Distrust();
        WakeSet?.Invoke(partition, DateTimeOffset.MinValue);
        live.PublishGap();
    }
}
