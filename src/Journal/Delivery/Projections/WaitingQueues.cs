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
        foreach (var (feed, key) in held.Waiting())
        {
            try
            {
                gotOn |= (await retry(feed, new HeldTarget(key), cancellationToken)).Delivered > 0;
            }
            catch (Exception fault) when (!fault.IsStop(cancellationToken))
            {
                health.Failed(Fault.Describe(fault), 1);
                return gotOn;
            }
        }

        return gotOn;
    }
}
