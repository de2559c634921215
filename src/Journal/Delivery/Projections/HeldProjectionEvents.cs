using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Storage;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>Applies what is held back for a projection, in order, and takes it out of the hold in the same transaction.</summary>
internal sealed class HeldProjectionEvents(IProjection projection, JournalConnections connections, string searchPath)
{
    private const int Page = 500;

    private readonly ReadHeldEvents _read = new(connections.Engine);

    public async Task<RetryOutcome> RetryAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken)
    {
        var delivered = 0;
        while (true)
        {
            var held = await _read.ExecuteAsync(projection.Name, feed.Partition, target, Page, cancellationToken);
            if (held.Count == 0)
                return new RetryOutcome(delivered > 0 ? RetryStatus.Delivered : RetryStatus.NotFound, delivered);

            var open = held.Where(item => !item.IsDiscarded).Select(item => item.Event).ToList();
            var discarded = held.Where(item => item.IsDiscarded).Select(item => item.Event).ToList();
            await using var transaction = await ProjectionTransaction.BeginAsync(connections.App, target.Key.ProjectId, searchPath, cancellationToken);
            var parts = new SplitApply(projection, transaction, () => feed.IsStopped);
            await parts.RunAsync(open, cancellationToken);

            var done = parts.Applied.Concat(discarded).ToList();
            if (done.Count > 0)
            {
                long[] seqs = [.. done.Select(recorded => recorded.Position.Seq)];
                var released = await ReleaseEvents.ExecuteAsync(
                    transaction.Connection, projection.Name, done[0].Position, target.Key.ProjectId, seqs, cancellationToken);

                // Someone else retried at the same time and applied them: ours must not count.
                if (released != done.Count)
                    throw new CursorMovedException(projection.Name);
                if (discarded.Count > 0)
                {
                    long[] givenUp = [.. discarded.Select(recorded => recorded.Position.Seq)];
                    await RecordDiscards.ExecuteAsync(
                        transaction.Connection, projection.Name, discarded[0].Position, target.Key.ProjectId, givenUp, cancellationToken);
                }
            }

            // A rebuild may have applied the event and forgotten the hold since it was read; its own row is then what stood in the way.
            if (parts.Held.Count > 0 && !await HoldAgain.ExecuteAsync(transaction.Connection, projection.Name, parts.Held[0], cancellationToken))
                throw new CursorMovedException(projection.Name);
            await transaction.CommitAsync(cancellationToken);
            delivered += parts.Applied.Count;
            if (parts.Held.Count > 0)
                return new RetryOutcome(RetryStatus.StillFailing, delivered, parts.Held[0].Reason);
        }
    }
}
