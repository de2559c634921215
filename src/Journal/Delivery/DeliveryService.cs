using System.Diagnostics.Metrics;
using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Delivery.Wakes;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Delivery;

/// <summary>Delivers the partitions that this silo owns, for as long as it owns them, and runs every consumer beside the others.</summary>
internal sealed partial class DeliveryService(
    EventHub hub, ConsumerSet consumers, IKnownEvents known, WakePump? wakes, DeadLetters deadLetters, IPartitionOwnership ownership,
    JournalConnections connections, IOptions<DeliveryOptions> options, TimeProvider time, IMeterFactory meters,
    ILogger<DeliveryService> logger) : BackgroundService, IDeliveryStatus, IPartitionProgress
{
    /// <summary>Events skipped from which a position is worth an update of its own.</summary>
    private const long SkipAtLeast = 512;

    /// <summary>How often the others are stored all the same: whoever cuts the log goes by what is stored.</summary>
    private static readonly TimeSpan SkippedInterval = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly DeliveryOptions _options = options.Value;
    private readonly DeliveredPartitions _partitions = new(hub, consumers, new FeedFactory(consumers, known, ownership, connections, options.Value), logger);
    private readonly ReadPartitionEnds _ends = new(connections.Engine);

    public DeliveryStatus Read()
    {
        var feeds = hub.Feeds.ToList();
        return new DeliveryStatus(
            feeds.Count,
            [.. consumers.All.Select(consumer => StatusOf(consumer, feeds))],
            wakes?.Status ?? new WakeStatus(0, 0, 0, null));
    }

    /// <summary>A projection needs nothing of it: its positions are stored with its rows.</summary>
    Task IPartitionProgress.StoreAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken) => FlushAsync(
        consumers.All.Where(static consumer => consumer.Kind != ConsumerKind.Projection),
        [.. hub.Feeds.Where(feed => partitions.Contains(feed.Partition))],
        skipAtLeast: 1,
        cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var metrics = new DeliveryMetrics(meters, this);
        var follower = new OwnershipFollower(ownership, _partitions, _options.FirstBackOff, _options.MaxBackOff, time);
        try
        {
            await Task.WhenAll(
            [
                .. consumers.All.Select(consumer => SuperviseAsync(consumer.Name, consumer.RunAsync, stoppingToken)),
                SuperviseAsync("wake-ups", wakes is null ? static _ => Task.CompletedTask : wakes.RunAsync, stoppingToken),
                SuperviseAsync("ownership", follower.RunAsync, stoppingToken),
                SuperviseAsync("positions", token => StorePositionsAsync(follower, token), stoppingToken),
                SuperviseAsync("sweep", SweepAsync, stoppingToken),
            ]);
        }
        finally
        {
            await EndAsync();
        }
    }

    private async Task StorePositionsAsync(OwnershipFollower follower, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.CursorInterval, time);
        var storedSkipped = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            follower.Look();
            var feeds = hub.Feeds.ToList();
            if (feeds.Count == 0)
                continue;
            var storesSkipped = time.GetElapsedTime(storedSkipped) >= SkippedInterval;
            if (storesSkipped)
                storedSkipped = time.GetTimestamp();
            await TryAsync("positions", () => FlushAsync(consumers.All, feeds, storesSkipped ? 1 : SkipAtLeast, cancellationToken), cancellationToken);
            short[] partitions = [.. feeds.Select(feed => feed.Partition)];
            await TryAsync("dead letters", () => deadLetters.BeginRequestedAsync(partitions, cancellationToken), cancellationToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var feeds = hub.Feeds.ToList();
            if (feeds.Count == 0)
                continue;
            foreach (var consumer in consumers.All)
                consumer.RefreshHeld(feeds);
            await TryAsync("sweep", () => CompareAsync(feeds, cancellationToken), cancellationToken);
        }
    }

    private async Task CompareAsync(List<PartitionFeed> feeds, CancellationToken cancellationToken)
    {
        var ends = await _ends.ExecuteAsync([.. feeds.Select(feed => feed.Partition)], cancellationToken);
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
        await TryAsync("positions", () => FlushAsync(ordered, feeds, 1, limit.Token), CancellationToken.None);
        feeds.ForEach(_partitions.End);
    }

    private static Task FlushAsync(
        IEnumerable<Consumer> some, List<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken) =>
        Task.WhenAll(some.Select(consumer => consumer.FlushAsync(feeds, skipAtLeast, cancellationToken)));

    private async Task SuperviseAsync(string what, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await run(cancellationToken);
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
                await Task.Delay(BackOff.After(failures, _options), time, cancellationToken);
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
            await run();
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            LogFailed(what, Fault.Describe(fault));
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery could not do its {What} ({Fault}) and tries again")]
    private partial void LogFailed(string what, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The delivery loop of {What} ended {Failures} times by a fault that it should have handled; it starts again")]
    private partial void LogCrashed(Exception fault, string what, int failures);
}
