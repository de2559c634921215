using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Membership;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery;

/// <summary>Begins a feed when a partition is taken, and ends it when it is lost.</summary>
internal sealed partial class DeliveredPartitions(EventHub hub, ConsumerSet consumers, FeedFactory factory, ILogger logger) : IPartitionWork
{
    public IEnumerable<short> Partitions => hub.Feeds.Where(static feed => !feed.IsStopped).Select(static feed => feed.Partition);

    public void StopOthersThan(IReadOnlySet<short> owned)
    {
        foreach (var feed in hub.Feeds)
        {
            if (!owned.Contains(feed.Partition))
                feed.Stop();
        }
    }

    public async Task MatchAsync(IReadOnlySet<short> owned, CancellationToken cancellationToken)
    {
        foreach (var feed in hub.Feeds.Where(feed => feed.IsStopped || !owned.Contains(feed.Partition)).ToList())
            End(feed);

        short[] taken = [.. owned.Where(partition => hub.Find(partition) is null)];
        if (taken.Length == 0)
            return;

        // Made known before the table is read, so that no event falls between the read and the first one told.
        var feeds = factory.Create(taken);
        foreach (var feed in feeds)
            hub.Add(feed);
        try
        {
            await factory.StartAsync(feeds, cancellationToken);
        }
        catch
        {
            feeds.ForEach(End);
            throw;
        }

        LogTaken(taken.Length);
    }

    public void MatchFailed(int failures, Exception fault) => LogFailed(failures, Fault.Describe(fault));

    public void End(PartitionFeed feed)
    {
        hub.Remove(feed);
        foreach (var consumer in consumers.All)
            consumer.Released(feed);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery took {Partitions} partitions")]
    private partial void LogTaken(int partitions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery could not take its partitions, {Failures} times in a row ({Fault})")]
    private partial void LogFailed(int failures, string fault);
}
