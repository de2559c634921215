using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Faults;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>
/// Applies a batch that failed as a whole queue by queue, each behind a savepoint, so that only the offender is held back.
/// Queues whose parent is missing are tried again after the others, since the parent may be in the same batch.
/// </summary>
/// <param name="isLost">Whether a partition of the events was lost meanwhile.</param>
internal sealed class SplitApply(IProjection projection, ProjectionTransaction transaction, Func<bool> isLost)
{
    private readonly List<HeldRow> _held = [];
    private readonly List<RecordedEvent> _applied = [];

    public IReadOnlyList<HeldRow> Held => _held;

    public IReadOnlyList<RecordedEvent> Applied => _applied;

    /// <exception cref="PartitionLostException">Nothing of it may be committed.</exception>
    public async Task RunAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        var waiting = events.GroupBy(recorded => (recorded.Position.Partition, HeldKey.Of(projection, recorded))).Select(queue => queue.ToList()).ToList();
        while (waiting.Count > 0)
        {
            var still = new List<(List<RecordedEvent> Queue, Exception Fault)>();
            foreach (var queue in waiting)
            {
                var fault = await TryApplyAsync(queue, cancellationToken);
                if (fault is null)
                    continue;
                if (Fault.OfProjection(fault) == FaultKind.ParentMissing)
                    still.Add((queue, fault));
                else
                    await ApplyUntilFaultAsync(queue, fault, cancellationToken);
            }

            if (still.Count == waiting.Count)
            {
                foreach (var (queue, fault) in still)
                    await ApplyUntilFaultAsync(queue, fault, cancellationToken);
                return;
            }

            waiting = still.ConvertAll(found => found.Queue);
        }
    }

    /// <param name="whole">The fault of the queue as a whole; of a queue of one there is nothing more to find out.</param>
    private async Task ApplyUntilFaultAsync(List<RecordedEvent> queue, Exception whole, CancellationToken cancellationToken)
    {
        for (var i = 0; i < queue.Count; i++)
        {
            var fault = queue.Count == 1 ? whole : await TryApplyAsync([queue[i]], cancellationToken);
            if (fault is null)
                continue;

            var kind = Fault.OfProjection(fault) == FaultKind.ParentMissing ? DeadLetterKind.Waiting : DeadLetterKind.Fault;
            var key = HeldKey.Of(projection, queue[i]);
            _held.Add(new HeldRow(queue[i], kind, key, Fault.Describe(fault)));
            _held.AddRange(queue.Skip(i + 1).Select(later => new HeldRow(later, DeadLetterKind.Queued, key, string.Empty)));
            return;
        }
    }

    /// <summary>Null, or the fault of the content. An outage is thrown.</summary>
    private async Task<Exception?> TryApplyAsync(List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        if (isLost())
            throw new PartitionLostException(projection.Name);
        await transaction.SaveAsync(cancellationToken);
        try
        {
            await projection.ApplyAsync(transaction.Connection, events, cancellationToken);
        }
        catch (Exception fault) when (Fault.OfProjection(fault) != FaultKind.Outage)
        {
            await transaction.RollbackToSaveAsync(cancellationToken);
            return fault;
        }

        await transaction.ReleaseAsync(cancellationToken);
        _applied.AddRange(events);
        return null;
    }
}
