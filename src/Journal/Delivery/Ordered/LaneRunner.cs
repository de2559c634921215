using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Faults;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>Delivers the head of one lane, and holds back what a retry cannot cure.</summary>
/// <param name="resting">Partitions that cannot be read: a lane that gets on elsewhere does not mean that all is well.</param>
internal sealed partial class LaneRunner(
    IOrderedTarget target, OrderedDelivery delivery, HeldLanes held, RestingFeeds resting, ConsumerHealth health, ILogger logger)
{
    public async Task<LaneResult> RunAsync(Lane lane, List<LaneItem> items, bool isHeld, CancellationToken cancellationToken)
    {
        try
        {
            if (items[0].Retry is { } retry)
                return await held.RetryAsync(lane, retry, isHeld, cancellationToken);

            var events = items.ConvertAll(item => item.Tracked!.Event!);
            if (isHeld)
            {
                await delivery.HoldAsync(events, DeadLetterKind.Queued, string.Empty, cancellationToken);
                return new LaneResult(items.Count);
            }

            if (target.IsTooDeep(events[0]))
            {
                await delivery.HoldAsync([events[0]], DeadLetterKind.TooDeep, $"depth {events[0].Depth}", cancellationToken);
                return new LaneResult(1);
            }

            return await DeliverAsync(events, cancellationToken);
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            if (lane.Failures > 0 && await IsInVainAsync(lane, cancellationToken))
                return new LaneResult(items.Count);

            Failed(lane, fault);
            return new LaneResult(0);
        }
    }

    /// <summary>Asked only when something fails again, and answered with no while the database is what fails.</summary>
    private async Task<bool> IsInVainAsync(Lane lane, CancellationToken cancellationToken)
    {
        try
        {
            return await delivery.IsInVainAsync(lane.Key.ProjectId, cancellationToken);
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            return false;
        }
    }

    public void LogReadFailed(int failures, Exception fault) => LogFailed(target.Name, failures, Fault.Describe(fault));

    public void LogRetryFailed(Exception fault) => LogNotRetried(target.Name, Fault.Describe(fault));

    private async Task<LaneResult> DeliverAsync(List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await delivery.CallAsync(events, cancellationToken);
            health.Succeeded(events.Count, resting.MostFailures);
            return new LaneResult(events.Count);
        }
        catch (Exception fault) when (Fault.OfCall(fault) == FaultKind.Deterministic)
        {
            if (events.Count > 1)
                return await DeliverOneByOneAsync(events, cancellationToken);
            await delivery.HoldAsync(events, DeadLetterKind.Fault, Fault.Describe(fault), cancellationToken);
            return new LaneResult(1, IsHeld: true);
        }
    }

    /// <summary>Stops at the first event that fails; what was delivered before it is counted, whatever happens then.</summary>
    private async Task<LaneResult> DeliverOneByOneAsync(List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        for (var i = 0; i < events.Count; i++)
        {
            LaneResult one;
            try
            {
                one = await DeliverAsync([events[i]], cancellationToken);
            }
            catch (Exception fault) when (i > 0 && !fault.IsStop(cancellationToken))
            {
                health.Failed(Fault.Describe(fault), 1);
                return new LaneResult(i);
            }

            if (one.IsHeld is true)
            {
                var later = events.GetRange(i + 1, events.Count - i - 1);
                if (later.Count > 0)
                    await delivery.HoldAsync(later, DeadLetterKind.Queued, string.Empty, cancellationToken);
                return new LaneResult(events.Count, IsHeld: true);
            }
        }

        return new LaneResult(events.Count);
    }

    private void Failed(Lane lane, Exception fault)
    {
        var failures = lane.Failures + 1;
        health.Failed(Fault.Describe(fault), failures);
        LogFailed(target.Name, failures, Fault.Describe(fault));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consumer {Consumer} failed {Failures} times in a row ({Fault}) and backs off")]
    private partial void LogFailed(string consumer, int failures, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consumer {Consumer} could not deliver again what is held without a dead letter ({Fault}) and tries again")]
    private partial void LogNotRetried(string consumer, string fault);
}
