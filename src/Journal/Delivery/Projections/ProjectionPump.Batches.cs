using AwoooP.Journal.Faults;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>How a batch is handled: whole while all goes well, else in ever smaller parts until a fault is one partition's or one event's own.</summary>
internal sealed partial class ProjectionPump
{
    /// <summary>Each costs round trips behind a savepoint, while the transaction holds the rows of all.</summary>
    private const int MaxQueuesOfSplit = 100;

    /// <summary>Handles the batch, in one transaction while all goes well; what meets an outage by itself is given back, and its feed rests.</summary>
    private async Task DeliverAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var parts = new Stack<ProjectionBatch>();
        foreach (var feed in batch.Feeds.Where(feed => _resting.FailuresOf(feed) > 0).ToList())
        {
            // Less with each fault, in case it was the time that so many take.
            var alone = batch.TakeOut(feed);
            alone.Shorten(Math.Max(1, _options.ProjectionBatch >> Math.Min(_resting.FailuresOf(feed), 30)));
            parts.Push(alone);
        }

        parts.Push(batch);
        var outages = 0;
        for (var failures = 0; parts.TryPop(out var part);)
        {
            part.DropStopped();
            if (part.IsEmpty)
                continue;

            var fault = await TryDeliverAsync(part, cancellationToken);
            if (fault is null)
            {
                failures = 0;
            }
            else if (fault is PartitionLostException)
            {
                parts.Push(part);
            }
            else if (Fault.OfProjection(fault) != FaultKind.Outage)
            {
                parts.Push(part.TakeHalf());
                parts.Push(part);
            }
            else if (part.Feeds.Count == 1)
            {
                part.GiveBack();
                Rest(part.Feeds.First(), Fault.Describe(fault), cancellationToken);
            }
            else
            {
                // Most outages are over at the second attempt; if not, it may be one partition's, such as rows that its last owner has locked.
                if (outages++ > 0)
                    parts.Push(part.TakeHalf());
                parts.Push(part);
                await WaitAfterAsync(fault, ++failures, cancellationToken);
            }
        }
    }

    /// <summary>The fault that it met: an outage, or one of the content in a batch of too many queues to be tried one by one.</summary>
    private async Task<Exception?> TryDeliverAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var fault = await TryDeliverAsync(batch, split: false, cancellationToken);
        if (fault is null or PartitionLostException || Fault.OfProjection(fault) == FaultKind.Outage)
            return fault;
        if (batch.Feeds.Count == 1)
            batch.Shorten(MaxQueuesOfSplit);
        return batch.CountQueues(_projection) <= MaxQueuesOfSplit ? await TryDeliverAsync(batch, split: true, cancellationToken) : fault;
    }

    private async Task<Exception?> TryDeliverAsync(ProjectionBatch batch, bool split, CancellationToken cancellationToken)
    {
        try
        {
            if (batch.Count > 0)
                await ApplyAsync(batch, split, cancellationToken);
            GotOn(batch.Feeds, batch.Count);
            batch.Complete();
            return null;
        }
        catch (CursorMovedException)
        {
            return await TryAsync(() => ResumeAsync([.. batch.Feeds], cancellationToken), cancellationToken);
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            return fault;
        }
    }

    private async Task ApplyAsync(ProjectionBatch batch, bool split, CancellationToken cancellationToken)
    {
        var (events, queued) = _held.Divide(batch);
        var held = await _write.ExecuteAsync(batch, events, queued, split, cancellationToken);
        batch.SetStored();
        foreach (var row in held)
        {
            if (!_held.Add(row))
                continue;
            if (row.Kind == DeadLetterKind.Fault)
                Health.HeldBack();
            LogHeld(Name, row.Kind, row.Event.Position, row.Event.Type);
        }

        if (held.Any(row => row.Kind == DeadLetterKind.Waiting))
            _waiting.Schedule(cancellationToken);

        // A rebuild, or another silo, may have ended the hold that they were queued behind: the table knows.
        if (queued.Count > 0)
            RefreshHeld([.. batch.Feeds]);
    }

    private Task WaitAfterAsync(Exception fault, int failures, CancellationToken cancellationToken)
    {
        Health.Failed(Fault.Describe(fault), failures);
        var delay = BackOff.After(failures, _options);
        LogFailed(Name, failures, delay, Fault.Describe(fault));
        return Task.Delay(delay, _time, cancellationToken);
    }
}
