using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Storage;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>One transaction of a projection: its rows, what it holds back, and the move of its cursors.</summary>
internal sealed class ProjectionWrite(IProjection projection, JournalConnections connections, string searchPath)
{
    /// <param name="events">Those of the batch that may be applied.</param>
    /// <param name="queued">Those that queue behind an event that is held already.</param>
    /// <param name="split">All at once first; queue by queue only after a fault, since each of those costs round trips.</param>
    /// <returns>All that is held back now.</returns>
    /// <exception cref="PartitionLostException">A partition was lost during the split; nothing was written.</exception>
    /// <exception cref="CursorMovedException">Somebody else has moved one of the cursors; nothing was written.</exception>
    public async Task<IReadOnlyList<HeldRow>> ExecuteAsync(
        ProjectionBatch batch, List<RecordedEvent> events, List<HeldRow> queued, bool split, CancellationToken cancellationToken)
    {
        List<HeldRow> held = [.. queued];
        await using var transaction = await ProjectionTransaction.BeginAsync(connections.App, batch.ProjectIds(), searchPath, cancellationToken);
        if (split)
        {
            var parts = new SplitApply(projection, transaction, () => batch.AnyStopped);
            await parts.RunAsync(events, cancellationToken);
            held.AddRange(parts.Held);
        }
        else if (events.Count > 0)
        {
            await projection.ApplyAsync(transaction.Connection, events, cancellationToken);
        }

        if (held.Count > 0)
            await HoldEvents.ExecuteAsync(transaction.Connection, projection.Name, held, cancellationToken);

        var moves = batch.Moves();
        var moved = await MoveCursors.ExecuteAsync(transaction.Connection, moves, (short)batch.Feeds.First().Generation, cancellationToken);
        if (moved.Count != moves.Count)
            throw new CursorMovedException(projection.Name);
        await transaction.CommitAsync(cancellationToken);
        return held;
    }
}
