using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Faults;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>
/// Tries the queues that wait for a parent's row again by themselves: soon while one of them gets on, and ever more seldom while none does.
/// </summary>
/// <param name="retry">Tries one queue, on the projection's loop.</param>
/// <param name="post">Runs something on the projection's loop, between two batches.</param>
internal sealed class WaitingQueues(
    HeldBack held,
    Func<PartitionFeed, HeldTarget, CancellationToken, Task<RetryOutcome>> retry,
    Action<Func<CancellationToken, Task>> post,
    ConsumerHealth health,
    DeliveryOptions options,
    TimeProvider time)
{
    /// <summary>So many say that the server is away, and not that something is wrong with one of the queues.</summary>
    private const int MostFaultsInARow = 3;

    private readonly HashSet<HeldKey> _troubled = [];
    private bool _isPosted;

    /// <summary>Called on the loop, as soon as something may wait.</summary>
    public void Schedule(CancellationToken cancellationToken) => Schedule(failures: 1, cancellationToken);

    private void Schedule(int failures, CancellationToken cancellationToken)
    {
        if (_isPosted || !held.AnyWaiting)
            return;
        _isPosted = true;
        _ = PostLaterAsync(failures, cancellationToken);
    }

    private async Task PostLaterAsync(int failures, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(BackOff.After(failures, options), time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: what waits is found in the table at the next start.
            return;
        }

        post(async stopping =>
        {
            _isPosted = false;
            var gotOn = await PassOverAsync(stopping);
            Schedule(gotOn ? 1 : failures + 1, cancellationToken);
        });
    }

    private async Task<bool> PassOverAsync(CancellationToken cancellationToken)
    {
        var gotOn = false;
        var inARow = 0;

        // Those that threw come last, so that none of them keeps the others from their turn.
        var waiting = held.Waiting();
        _troubled.IntersectWith(waiting.Select(queue => queue.Key));
        foreach (var (feed, key) in waiting.OrderBy(queue => _troubled.Contains(queue.Key)).ToList())
        {
            try
            {
                gotOn |= (await retry(feed, new HeldTarget(key), cancellationToken)).Delivered > 0;
                _troubled.Remove(key);
                inARow = 0;
            }
            catch (Exception fault) when (!fault.IsStop(cancellationToken))
            {
                _troubled.Add(key);
                health.Failed(Fault.Describe(fault), 1);
                if (++inARow == MostFaultsInARow)
                    return gotOn;
            }
        }

        return gotOn;
    }
}
