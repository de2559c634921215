using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>Delivers the head of one lane, holds back what a retry cannot cure, and delivers again what was held.</summary>
internal sealed partial class LaneRunner(
    IOrderedTarget target, DeliveryConnections connections, DeliveryOptions options, TimeProvider time, ConsumerHealth health, ILogger logger)
{
    private const int HeldPage = 500;

    private readonly ReadHeldEvents _readHeld = new(connections.Engine);

    public async Task<LaneResult> RunAsync(Lane lane, List<LaneItem> items, bool isHeld, CancellationToken cancellationToken)
    {
        try
        {
            if (items[0].Retry is { } retry)
                return await RetryAsync(lane, retry, isHeld, cancellationToken).ConfigureAwait(false);

            var events = items.ConvertAll(item => item.Tracked!.Event!);
            if (isHeld)
            {
                await HoldAsync(events, DeadLetterKind.Queued, string.Empty, cancellationToken).ConfigureAwait(false);
                return new LaneResult(items.Count);
            }

            if (target.IsTooDeep(events[0]))
            {
                await HoldAsync([events[0]], DeadLetterKind.TooDeep, $"depth {events[0].Depth}", cancellationToken).ConfigureAwait(false);
                return new LaneResult(1);
            }

            return await DeliverAsync(events, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Failed(lane, fault);
            return new LaneResult(0);
        }
    }

    public void LogReadFailed(int failures, Exception fault) => LogFailed(target.Name, failures, Fault.Describe(fault));

    private async Task<LaneResult> DeliverAsync(List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(events, cancellationToken).ConfigureAwait(false);
            health.Succeeded(events.Count);
            return new LaneResult(events.Count);
        }
        catch (Exception fault) when (Fault.OfCall(fault) == FaultKind.Deterministic)
        {
            if (events.Count > 1)
                return await DeliverOneByOneAsync(events, cancellationToken).ConfigureAwait(false);
            await HoldAsync(events, DeadLetterKind.Fault, Fault.Describe(fault), cancellationToken).ConfigureAwait(false);
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
                one = await DeliverAsync([events[i]], cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (i > 0 && (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
            {
                health.Failed(Fault.Describe(fault), 1);
                return new LaneResult(i);
            }

            if (one.IsHeld is true)
            {
                var later = events.GetRange(i + 1, events.Count - i - 1);
                if (later.Count > 0)
                    await HoldAsync(later, DeadLetterKind.Queued, string.Empty, cancellationToken).ConfigureAwait(false);
                return new LaneResult(events.Count, IsHeld: true);
            }
        }

        return new LaneResult(events.Count);
    }

    /// <summary>An outage during a retry is told to who asked, and the events stay held.</summary>
    private async Task<LaneResult> RetryAsync(Lane lane, LaneRetry retry, bool isHeld, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await DeliverHeldAsync(lane, retry.Target, cancellationToken).ConfigureAwait(false);
            retry.Answer.TrySetResult(outcome);
            var released = retry.Target.OnlySeq is null && outcome.Status != RetryStatus.StillFailing;
            return new LaneResult(1, released && isHeld ? false : null);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            retry.Answer.TrySetException(fault);
            return new LaneResult(1);
        }
    }

    private async Task<RetryOutcome> DeliverHeldAsync(Lane lane, HeldTarget held, CancellationToken cancellationToken)
    {
        var delivered = 0;
        while (true)
        {
            var page = await _readHeld.ExecuteAsync(target.Name, lane.Feed.Partition, held, HeldPage, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
                return new RetryOutcome(delivered > 0 ? RetryStatus.Delivered : RetryStatus.NotFound, delivered);

            foreach (var (recorded, isDiscarded) in page)
            {
                if (!isDiscarded)
                {
                    try
                    {
                        await CallAsync([recorded], cancellationToken).ConfigureAwait(false);
                    }
                    catch (Exception fault) when (Fault.OfCall(fault) == FaultKind.Deterministic)
                    {
                        var kind = held.OnlySeq is null ? DeadLetterKind.Fault : DeadLetterKind.TooDeep;
                        await HoldAsync([recorded], kind, Fault.Describe(fault), cancellationToken).ConfigureAwait(false);
                        return new RetryOutcome(RetryStatus.StillFailing, delivered, Fault.Describe(fault));
                    }

                    delivered++;
                }

                await using var connection = await connections.Engine.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await ReleaseEvents.ExecuteAsync(connection, target.Name, recorded.Position, recorded.Id.ProjectId, [recorded.Position.Seq], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CallAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = target.DeliverAsync(events, call.Token);
        if (answer.IsCompleted)
        {
            await answer.ConfigureAwait(false);
            return;
        }

        try
        {
            await answer.AsTask().WaitAsync(options.CallTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await call.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task HoldAsync(List<RecordedEvent> events, DeadLetterKind kind, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Engine.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await HoldEvents.ExecuteAsync(
            connection, target.Name, events.ConvertAll(recorded => new HeldRow(recorded, kind, target.KeyOf(recorded), reason)), cancellationToken).ConfigureAwait(false);
        if (kind == DeadLetterKind.Queued)
            return;
        health.HeldBack();
        LogHeld(target.Name, kind, events[0].Position, events[0].Type);
    }

    private void Failed(Lane lane, Exception fault)
    {
        var failures = lane.Failures + 1;
        health.Failed(Fault.Describe(fault), failures);
        LogFailed(target.Name, failures, Fault.Describe(fault));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consumer {Consumer} failed {Failures} times in a row ({Fault}) and backs off")]
    private partial void LogFailed(string consumer, int failures, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consumer {Consumer} holds back {Kind} event {Position} of type {EventType}")]
    private partial void LogHeld(string consumer, DeadLetterKind kind, Position position, string eventType);
}
