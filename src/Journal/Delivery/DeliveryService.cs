using System.Diagnostics.Metrics;
using System.Threading.Channels;
using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Live;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Delivery.Wakes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Delivery;

/// <summary>
/// Delivers the partitions that this silo owns, for as long as it owns them: begins a feed when one is taken, ends it when one is lost,
/// and runs every consumer beside the others.
/// </summary>
internal sealed partial class DeliveryService(
    EventHub hub, ConsumerSet consumers, WakePump? wakes, LiveTail tail, DeadLetters deadLetters, IPartitionOwnership ownership, DeliveryConnections connections,
    IOptions<DeliveryOptions> options, TimeProvider time, IMeterFactory meters, ILogger<DeliveryService> logger) : BackgroundService, IDeliveryStatus
{
    /// <summary>Events skipped from which a position is worth an update of its own.</summary>
    private const long SkipAtLeast = 512;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly DeliveryOptions _options = options.Value;
    private readonly FeedFactory _feeds = new(consumers, ownership, connections, options.Value);
    private readonly ReadPartitionEnds _ends = new(connections.Engine);

    private readonly Channel<byte> _ownershipChanged =
        Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public DeliveryStatus Read()
    {
        var feeds = hub.Feeds.ToList();
        return new DeliveryStatus(
            feeds.Count,
            [.. consumers.All.Select(consumer => StatusOf(consumer, feeds))],
            wakes?.Status ?? new WakeStatus(0, 0, 0, null));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var metrics = new DeliveryMetrics(meters, this);
        ownership.Changed += OnOwnershipChanged;
        try
        {
            await Task.WhenAll(
            [
                .. consumers.All.Select(consumer => SuperviseAsync(consumer.Name, consumer.RunAsync, stoppingToken)),
                SuperviseAsync("wake-ups", wakes is null ? static _ => Task.CompletedTask : wakes.RunAsync, stoppingToken),
                SuperviseAsync("ownership", FollowOwnershipAsync, stoppingToken),
                SuperviseAsync("positions", StorePositionsAsync, stoppingToken),
                SuperviseAsync("sweep", SweepAsync, stoppingToken),
                SuperviseAsync("live tail", TailAsync, stoppingToken),
            ]).ConfigureAwait(false);
        }
        finally
        {
            ownership.Changed -= OnOwnershipChanged;
            await EndAsync().ConfigureAwait(false);
        }
    }

    private void OnOwnershipChanged()
    {
        // At once, so that nothing more is taken from a partition that another silo may deliver by now.
        var owned = ownership.Owned;
        foreach (var feed in hub.Feeds)
        {
            if (!owned.Contains(feed.Partition))
                feed.Stop();
        }

        _ownershipChanged.Writer.TryWrite(0);
    }

    private async Task FollowOwnershipAsync(CancellationToken cancellationToken)
    {
        do
        {
            for (var failures = 0; ;)
            {
                try
                {
                    await MatchOwnershipAsync(cancellationToken).ConfigureAwait(false);
                    break;
                }
                catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    failures++;
                    LogFailed("ownership", failures, Fault.Describe(fault));
                    await Task.Delay(BackOff.After(failures, _options), time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        while (await _ownershipChanged.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _ownershipChanged.Reader.TryRead(out _));
    }

    private async Task MatchOwnershipAsync(CancellationToken cancellationToken)
    {
        var owned = ownership.Owned;
        foreach (var feed in hub.Feeds.Where(feed => feed.IsStopped || !owned.Contains(feed.Partition)).ToList())
            End(feed);

        short[] taken = [.. owned.Where(partition => hub.Find(partition) is null)];
        if (taken.Length == 0)
            return;

        // Made known before the table is read, so that no event falls between the read and the first one told.
        var feeds = _feeds.Create(taken);
        foreach (var feed in feeds)
            hub.Add(feed);
        try
        {
            await _feeds.StartAsync(feeds, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            feeds.ForEach(End);
            throw;
        }

        LogTaken(taken.Length);
    }

    private async Task StorePositionsAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.CursorInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            // A lease that ran out is told by the clock, and by nobody's call.
            if (!ownership.Owned.SetEquals(hub.Feeds.Select(feed => feed.Partition)))
                OnOwnershipChanged();
            var feeds = hub.Feeds.ToList();
            if (feeds.Count == 0)
                continue;
            await TryAsync("positions", () => Task.WhenAll(consumers.All.Select(consumer => consumer.FlushAsync(feeds, SkipAtLeast, cancellationToken))), cancellationToken).ConfigureAwait(false);
            await TryAsync("dead letters", () => deadLetters.BeginRequestedAsync([.. feeds.Select(feed => feed.Partition)], cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var feeds = hub.Feeds.ToList();
            if (feeds.Count == 0)
                continue;
            foreach (var consumer in consumers.All)
                consumer.RefreshHeld(feeds);
            await TryAsync("sweep", () => CompareAsync(feeds, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TailAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.TailInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            await TryAsync("live tail", () => tail.LookAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task CompareAsync(List<PartitionFeed> feeds, CancellationToken cancellationToken)
    {
        var ends = await _ends.ExecuteAsync([.. feeds.Select(feed => feed.Partition)], cancellationToken).ConfigureAwait(false);
        foreach (var feed in feeds)
            feed.CompareWithTable(ends[feed.Partition]);
    }

    /// <summary>What is left in memory costs a redelivery only, so stopping does not wait for it for long.</summary>
    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit, time);
        var feeds = hub.Feeds.ToList();

        // A projection's loop has ended, and its positions are stored with its rows.
        var ordered = consumers.All.Where(consumer => consumer.Kind != ConsumerKind.Projection);
        await TryAsync("positions", () => Task.WhenAll(ordered.Select(consumer => consumer.FlushAsync(feeds, 1, limit.Token))), CancellationToken.None).ConfigureAwait(false);
        feeds.ForEach(End);
    }

    private void End(PartitionFeed feed)
    {
        hub.Remove(feed);
        foreach (var consumer in consumers.All)
            consumer.Released(feed);
    }

    private async Task SuperviseAsync(string what, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await run(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // A bug, since each loop handles its own faults; the others must not die of it.
                failures++;
                LogCrashed(fault, what, failures);
            }

            try
            {
                await Task.Delay(BackOff.After(failures, _options), time, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task TryAsync(string what, Func<Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(what, 1, Fault.Describe(fault));
        }
    }

    private ConsumerStatus StatusOf(Consumer consumer, List<PartitionFeed> feeds)
    {
        var health = consumer.Health;
        return new ConsumerStatus(
            consumer.Name,
            consumer.Kind,
            feeds.Sum(feed => feed.GetLag(consumer.Ordinal)),
            health.Delivered,
            health.Retries,
            health.DeadLetters,
            health.Failures,
            health.Failures >= _options.StuckAfter,
            health.Fault);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery took {Partitions} partitions")]
    private partial void LogTaken(int partitions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery could not do its {What}, {Failures} times in a row ({Fault})")]
    private partial void LogFailed(string what, int failures, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The delivery loop of {What} ended {Failures} times by a fault that it should have handled; it starts again")]
    private partial void LogCrashed(Exception fault, string what, int failures);
}
