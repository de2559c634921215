using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>Which queues of a projection are held back, by partition. The table is the truth; this says which events go there.</summary>
internal sealed class HeldBack(IProjection projection)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PartitionFeed, Dictionary<HeldKey, bool>> _queues = [];

    public bool AnyWaiting
    {
        get
        {
            lock (_gate)
                return _queues.Values.Any(queues => queues.ContainsValue(true));
        }
    }

    /// <summary>Before the feed's first event. True when one of its queues waits for a parent.</summary>
    public bool Acquire(PartitionFeed feed, IEnumerable<HeldQueue> held)
    {
        var queues = ToDictionary(held);
        lock (_gate)
            _queues[feed] = queues;
        return queues.ContainsValue(true);
    }

    /// <summary>What the table says now; nothing when the partition was lost while it was read.</summary>
    public void Reload(PartitionFeed feed, IEnumerable<HeldQueue> held)
    {
        var queues = ToDictionary(held);
        lock (_gate)
        {
            if (_queues.ContainsKey(feed))
                _queues[feed] = queues;
        }
    }

    public void Forget(PartitionFeed feed)
    {
        lock (_gate)
            _queues.Remove(feed);
    }

    /// <summary>True for the head of a new queue.</summary>
    public bool Add(HeldRow row)
    {
        lock (_gate)
        {
            // By partition, which stands here once at most: if it was lost and taken again since the row was written, its new feed must know.
            var queues = _queues.FirstOrDefault(held => held.Key.Partition == row.Event.Position.Partition).Value;
            return queues?.TryAdd(row.Key, row.Kind == DeadLetterKind.Waiting) ?? false;
        }
    }

    public void Release(PartitionFeed feed, HeldKey key)
    {
        lock (_gate)
        {
            if (_queues.TryGetValue(feed, out var queues))
                queues.Remove(key);
        }
    }

    public IReadOnlyList<(PartitionFeed Feed, HeldKey Key)> Waiting()
    {
        lock (_gate)
            return [.. _queues.SelectMany(feed => feed.Value.Where(queue => queue.Value).Select(queue => (feed.Key, queue.Key)))];
    }

    /// <summary>What may be applied, and what must queue behind an event that is held already.</summary>
    public (List<RecordedEvent> Free, List<HeldRow> Queued) Divide(ProjectionBatch batch)
    {
        // By partition too: what is held back of a chained project in one of them leaves the others alone.
        HashSet<(short Partition, HeldKey Key)> held;
        lock (_gate)
            held = [.. batch.Feeds.SelectMany(feed => _queues.TryGetValue(feed, out var queues) ? queues.Keys.Select(key => (feed.Partition, key)) : [])];
        if (held.Count == 0)
            return ([.. batch.Events], []);

        var free = new List<RecordedEvent>(batch.Count);
        var queued = new List<HeldRow>();
        foreach (var recorded in batch.Events)
        {
            var key = HeldKey.Of(projection, recorded);
            if (held.Contains((recorded.Position.Partition, key)))
                queued.Add(new HeldRow(recorded, DeadLetterKind.Queued, key, string.Empty));
            else
                free.Add(recorded);
        }

        return (free, queued);
    }

    private static Dictionary<HeldKey, bool> ToDictionary(IEnumerable<HeldQueue> held) => held.ToDictionary(queue => queue.Key, queue => queue.IsWaiting);
}
