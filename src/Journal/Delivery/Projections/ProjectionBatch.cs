using AwoooP.Journal.Delivery.Feed;
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

    public bool IsEmpty => _parts.Count == 0;

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
            feed.Complete(ordinal, part.Scanned);
    }

    public string ProjectIds() => string.Join(',', Events.Select(recorded => recorded.Id.ProjectId).Distinct(StringComparer.Ordinal));

    private sealed class Part
    {
        public List<RecordedEvent> Events { get; } = [];

        public long Scanned { get; set; }
    }
}
