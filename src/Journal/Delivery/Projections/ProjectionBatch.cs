using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>What one transaction of a projection takes: events of many partitions, and how far each was looked through.</summary>
internal sealed class ProjectionBatch(string consumer, int ordinal)
{
    public Dictionary<PartitionFeed, long> Scanned { get; } = [];

    public List<RecordedEvent> Events { get; } = [];

    public bool IsEmpty => Scanned.Count == 0;

    /// <summary>Drops what belongs to partitions that were lost meanwhile.</summary>
    public void DropStopped()
    {
        foreach (var feed in Scanned.Keys.Where(feed => feed.IsStopped).ToList())
        {
            Scanned.Remove(feed);
            Events.RemoveAll(recorded => recorded.Position.Partition == feed.Partition);
        }
    }

    public List<CursorMove> Moves() =>
        [.. Scanned.Select(part => new CursorMove(consumer, part.Key.Partition, part.Key.GetStored(ordinal), part.Value)).Where(move => move.To > move.From)];

    public string ProjectIds() => string.Join(',', Events.Select(recorded => recorded.Id.ProjectId).Distinct(StringComparer.Ordinal));
}
