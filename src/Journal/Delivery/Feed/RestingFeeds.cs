using AwoooP.Journal.Faults;

namespace AwoooP.Journal.Delivery.Feed;

/// <summary>
/// The feeds of one consumer whose last read or write met an outage. Each rests by itself, longer with every further fault in a row:
/// a partition that cannot be read, or whose rows somebody else has locked, must not hold up the others.
/// </summary>
/// <param name="wake">Puts a feed into the consumer's queue, whether it stands there or not.</param>
internal sealed class RestingFeeds(Action<PartitionFeed> wake, DeliveryOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PartitionFeed, Rest> _feeds = [];

    /// <summary>Faults in a row of the feed that has met most of them, 0 while all get on.</summary>
    public int MostFailures
    {
        get
        {
            lock (_gate)
                return _feeds.Count == 0 ? 0 : _feeds.Values.Max(static rest => rest.Failures);
        }
    }

    public int FailuresOf(PartitionFeed feed)
    {
        lock (_gate)
            return _feeds.TryGetValue(feed, out var rest) ? rest.Failures : 0;
    }

    /// <summary>True until the feed's rest is over, when it is put into the queue again.</summary>
    public bool IsResting(PartitionFeed feed)
    {
        lock (_gate)
            return _feeds.TryGetValue(feed, out var rest) && rest.IsUnderWay;
    }

    /// <summary>Lets the feed rest after a further fault, and answers how many that makes in a row, and for how long.</summary>
    public (int Failures, TimeSpan Delay) Begin(PartitionFeed feed, CancellationToken stopping)
    {
        Rest rest;
        TimeSpan delay;
        lock (_gate)
        {
            rest = new Rest(FailuresOf(feed) + 1) { IsUnderWay = true };
            _feeds[feed] = rest;
            delay = BackOff.After(rest.Failures, options);
        }

        _ = EndLaterAsync(feed, rest, delay, stopping);
        return (rest.Failures, delay);
    }

    /// <summary>It has got on, or is gone. False when it had met no fault.</summary>
    public bool Forget(PartitionFeed feed)
    {
        lock (_gate)
            return _feeds.Remove(feed);
    }

    private async Task EndLaterAsync(PartitionFeed feed, Rest rest, TimeSpan delay, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(delay, time, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: what is open is found in the table at the next start.
            return;
        }

        lock (_gate)
            rest.IsUnderWay = false;
        wake(feed);
    }

    private sealed class Rest(int failures)
    {
        public int Failures { get; } = failures;

        public bool IsUnderWay { get; set; }
    }
}
