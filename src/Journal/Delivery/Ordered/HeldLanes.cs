using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Faults;
using Npgsql;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>Delivers again what is held back of a lane, in order, until one of its events still fails.</summary>
internal sealed class HeldLanes(string consumer, OrderedDelivery delivery, NpgsqlDataSource engine)
{
    private const int Page = 500;

    private readonly ReadHeldEvents _read = new(engine);

    /// <summary>An outage is told to who asked, and the events stay held.</summary>
    public async Task<LaneResult> RetryAsync(Lane lane, LaneRetry retry, bool isHeld, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await DeliverAsync(lane, retry, cancellationToken);
            retry.Answer.TrySetResult(outcome);
            var released = retry.Target.OnlySeq is null && outcome.Status != RetryStatus.StillFailing;
            return new LaneResult(1, released && isHeld ? false : null);
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            retry.Answer.TrySetException(fault);
            return new LaneResult(1);
        }
    }

    private async Task<RetryOutcome> DeliverAsync(Lane lane, LaneRetry retry, CancellationToken cancellationToken)
    {
        var held = retry.Target;
        var delivered = 0;
        while (true)
        {
            var page = await _read.ExecuteAsync(consumer, lane.Feed.Partition, held, Page, cancellationToken);
            if (page.Count == 0)
                return new RetryOutcome(delivered > 0 ? RetryStatus.Delivered : RetryStatus.NotFound, delivered);

            foreach (var (recorded, isDiscarded, isDeadLetter) in page)
            {
                // Whoever delivers the partition now finds the rest in the table.
                if (lane.Feed.IsStopped)
                    return new RetryOutcome(RetryStatus.Requested, delivered);
                if (isDeadLetter && !isDiscarded && !retry.IsAskedFor)
                    return new RetryOutcome(RetryStatus.StillFailing, delivered);

                if (!isDiscarded)
                {
                    try
                    {
                        await delivery.CallAsync([recorded], cancellationToken);
                    }
                    catch (Exception fault) when (Fault.OfCall(fault) == FaultKind.Deterministic)
                    {
                        var kind = held.OnlySeq is null ? DeadLetterKind.Fault : DeadLetterKind.TooDeep;
                        await delivery.HoldAsync([recorded], kind, Fault.Describe(fault), cancellationToken);
                        return new RetryOutcome(RetryStatus.StillFailing, delivered, Fault.Describe(fault));
                    }

                    delivered++;
                }

                await delivery.ReleaseAsync(recorded, cancellationToken);
            }
        }
    }
}
