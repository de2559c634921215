using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>Which queues of a projection are held back, by partition. The table is the truth; this says which events go there.</summary>
internal sealed class HeldBack
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

    public void Load(PartitionFeed feed, IEnumerable<HeldQueue> held)
    {
        var queues = held.ToDictionary(queue => queue.Key, queue => queue.IsWaiting);
        lock (_gate)
            _queues[feed] = queues;
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
            foreach (var (feed, queues) in _queues)
            {
                if (feed.Partition == row.Event.Position.Partition)
                    return queues.TryAdd(row.Key, row.Kind == DeadLetterKind.Waiting);
            }
        }

        return false;
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
        lock (_gate)
        {
            var held = batch.Scanned.Keys.SelectMany(feed => _queues.TryGetValue(feed, out var queues) ? queues.Keys.AsEnumerable() : []).ToHashSet();
            if (held.Count == 0)
                return (batch.Events, []);

            var free = new List<RecordedEvent>(batch.Events.Count);
            var queued = new List<HeldRow>();
            foreach (var recorded in batch.Events)
            {
                var key = HeldKey.OfAggregate(recorded);
                if (held.Contains(key))
                    queued.Add(new HeldRow(recorded, DeadLetterKind.Queued, key, string.Empty));
                else
                    free.Add(recorded);
            }

            return (free, queued);
        }
    }
}
