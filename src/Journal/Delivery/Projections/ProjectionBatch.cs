using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Delivery.Sql;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>
/// What one transaction of a projection takes: events of many partitions, and how far each was looked through. Kept by feed and not by
/// partition: one that was lost and taken again while the batch waited stands here twice, and only what its old feed gave is void.
/// </summary>
internal sealed class ProjectionBatch(string consumer, int ordinal)
{
    private readonly Dictionary<PartitionFeed, Part> _parts = [];

    public IReadOnlyCollection<PartitionFeed> Feeds => _parts.Keys;

    public IEnumerable<RecordedEvent> Events => _parts.Values.SelectMany(part => part.Events);

    public int Count => _parts.Values.Sum(part => part.Events.Count);

    public int CountQueues(IProjection projection) => Events.DistinctBy(recorded => (recorded.Position.Partition, HeldKey.Of(projection, recorded))).Count();

    public bool IsEmpty => _parts.Count == 0;

    public bool AnyStopped => _parts.Keys.Any(static feed => feed.IsStopped);

    /// <summary>What came next from the feed.</summary>
    public void Add(PartitionFeed feed, IReadOnlyList<RecordedEvent> events, long scanned)
    {
        if (!_parts.TryGetValue(feed, out var part))
            _parts.Add(feed, part = new Part());
        part.Events.AddRange(events);
        part.Scanned = scanned;
    }

    /// <summary>Drops what belongs to partitions that were lost meanwhile.</summary>
    public void DropStopped()
    {
        foreach (var feed in _parts.Keys.Where(feed => feed.IsStopped).ToList())
            _parts.Remove(feed);
    }

    /// <summary>Takes the feed out of this batch, into one of its own.</summary>
    public ProjectionBatch TakeOut(PartitionFeed feed)
    {
        var own = new ProjectionBatch(consumer, ordinal);
        own._parts.Add(feed, TakePart(feed));
        return own;
    }

    /// <summary>Takes every other feed out of this batch, into one of their own.</summary>
    public ProjectionBatch TakeHalf()
    {
        var half = new ProjectionBatch(consumer, ordinal);
        foreach (var feed in _parts.Keys.Where(static (_, index) => index % 2 == 1).ToList())
            half._parts.Add(feed, TakePart(feed));
        return half;
    }

    /// <summary>Leaves the first events only, of a batch of one feed; <see cref="Complete"/> then lets the feed hand out the others again.</summary>
    public void Shorten(int events)
    {
        foreach (var part in _parts.Values)
            part.Shorten(events);
    }

    /// <summary>Gives everything back: the feeds hand it out again.</summary>
    public void GiveBack()
    {
        foreach (var feed in _parts.Keys)
            feed.Resume(ordinal, feed.GetStored(ordinal));
    }

    public List<CursorMove> Moves() =>
        [.. _parts.Select(part => new CursorMove(consumer, part.Key.Partition, part.Key.GetStored(ordinal), part.Value.Scanned)).Where(move => move.To > move.From)];

    /// <summary>The positions are in the table.</summary>
    public void SetStored()
    {
        foreach (var (feed, part) in _parts)
            feed.SetStored(ordinal, part.Scanned);
    }

    /// <summary>All that was taken has been handled.</summary>
    public void Complete()
    {
        foreach (var (feed, part) in _parts)
        {
            if (part.IsShortened)
                feed.Resume(ordinal, part.Scanned);
            else
                feed.Complete(ordinal, part.Scanned);
        }
    }

    public string ProjectIds() => string.Join(',', Events.Select(recorded => recorded.Id.ProjectId).Distinct(StringComparer.Ordinal));

    private Part TakePart(PartitionFeed feed)
    {
        _parts.Remove(feed, out var part);
        return part!;
    }

    private sealed class Part
    {
        public List<RecordedEvent> Events { get; } = [];

        public long Scanned { get; set; }

        public bool IsShortened { get; private set; }

        public void Shorten(int events)
        {
            if (Events.Count <= events)
                return;
            Events.RemoveRange(events, Events.Count - events);
            Scanned = Events[^1].Position.Seq;
            IsShortened = true;
        }
    }
}
