using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Storage;

namespace AwoooP.Journal.Delivery.Feed;

/// <summary>Makes the feeds of partitions that were taken, and starts them at what the table says.</summary>
internal sealed class FeedFactory(
    ConsumerSet consumers, IKnownEvents known, IPartitionOwnership ownership, JournalConnections connections, DeliveryOptions options)
{
    private readonly ReadPartitionEvents _reader = new(connections.Engine);
    private readonly ReadPartitionEnds _ends = new(connections.Engine);
    private readonly AddCursors _cursors = new(connections.Engine);
    private readonly ReadHeldKeys _held = new(connections.Engine);

    public List<PartitionFeed> Create(IEnumerable<short> partitions) =>
        [.. partitions.Select(partition => new PartitionFeed(
            partition, ownership.Generation, consumers.All, new PageCache(_reader, options.ReadPage), options.TailEvents, known))];

    public async Task StartAsync(List<PartitionFeed> feeds, CancellationToken cancellationToken)
    {
        short[] partitions = [.. feeds.Select(feed => feed.Partition)];
        var ends = await _ends.ExecuteAsync(partitions, cancellationToken);
        var positions = await _cursors.ExecuteAsync(
            [.. consumers.All.Select(consumer => consumer.Name)],
            [.. consumers.All.Select(consumer => consumer.Kind == ConsumerKind.Reaction)],
            partitions,
            [.. partitions.Select(partition => ends[partition])],
            (short)ownership.Generation,
            cancellationToken);
        var held = await _held.ExecuteAsync(partitions, cancellationToken);

        foreach (var feed in feeds)
        {
            foreach (var consumer in consumers.All)
                consumer.Acquired(feed, held[(consumer.Name, feed.Partition)]);
            feed.Start([.. consumers.All.Select(consumer => positions[(consumer.Name, feed.Partition)])], ends[feed.Partition]);
        }
    }
}
