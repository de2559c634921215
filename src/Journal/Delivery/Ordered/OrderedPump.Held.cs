using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Faults;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>
/// Queues whose head has gone, as a retry leaves one that an outage or a crash cuts off behind the first of its events: nobody can ask for them, since
/// none of them is a dead letter, so they are delivered without being asked for.
/// </summary>
internal sealed partial class OrderedPump
{
    private readonly Posted _refreshing = new();

    public override void RefreshHeld(IReadOnlyCollection<PartitionFeed> feeds) => PostOnce(_refreshing, stopping => RefreshAsync(feeds, stopping));

    private async Task RefreshAsync(IReadOnlyCollection<PartitionFeed> feeds, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await _readHeldKeys.ExecuteAsync([.. feeds.Select(static feed => feed.Partition)], cancellationToken);
            lock (_gate)
            {
                foreach (var feed in feeds)
                    RetryWaiting(feed, stored[(Name, feed.Partition)]);
            }
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            // The next sweep looks again.
            _runner.LogRetryFailed(fault);
        }
    }

    /// <summary>
    /// In their lanes, between live events. What was read may be older than what a lane has done since, or does before the retry's turn comes; so the
    /// retry goes by what it finds in the table then, when nobody else writes its queue: nothing ends the hold and no more, a dead letter is let lie.
    /// </summary>
    private void RetryWaiting(PartitionFeed feed, IEnumerable<HeldQueue> stored)
    {
        if (feed.IsStopped || !_feeds.TryGetValue(feed, out var progress))
            return;
        foreach (var key in progress.WaitingOf(stored))
        {
            if (_lanes.HasRetry(feed, key))
                continue;
            var retry = new LaneRetry(new HeldTarget(key), isAskedFor: false);
            _lanes.Add(feed, key, new LaneItem(null, retry));
            _ = TellFaultAsync(retry);
        }

        _lanes.Start();
    }

    private async Task TellFaultAsync(LaneRetry retry)
    {
        try
        {
            await retry.Answer.Task;
        }
        catch (Exception fault)
        {
            _runner.LogRetryFailed(fault);
        }
    }
}
