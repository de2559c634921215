using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>
/// Fills one projection's tables: takes what its partitions have, writes it in one transaction and moves the cursors in the same one
/// by compare-and-set. So each event is applied once, whatever crashes and whoever else believes to own a partition.
/// </summary>
internal sealed partial class ProjectionPump(
    IProjection projection, DeliveryConnections connections, DeliveryOptions options, TimeProvider time, ILogger<ProjectionPump> logger)
    : Consumer(projection.Name, ConsumerKind.Projection, projection.EventTypes)
{
    private readonly string _searchPath = ProjectionTransaction.SearchPath(projection.Tables);
    private readonly ReadCursors _readCursors = new(connections.Engine);
    private readonly ReadHeldKeys _readHeldKeys = new(connections.Engine);
    private readonly FlushCursors _flush = new(connections.Engine);
    private readonly HeldBack _held = new();
    private readonly HeldProjectionEvents _heldEvents = new(projection, connections);
    private int _flushPosted;
    private int _refreshPosted;
    private bool _waitingPosted;

    public override void Acquired(PartitionFeed feed, IEnumerable<HeldQueue> held) => _held.Acquire(feed, held);

    public override void Released(PartitionFeed feed) => _held.Forget(feed);

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        SchedulePassOverWaiting(failures: 1, cancellationToken);
        while (await Pending.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var batch = new ProjectionBatch(Name, Ordinal);
            while (batch.Count < options.ProjectionBatch && Pending.TryRead(out var work))
            {
                if (work.Run is not null)
                {
                    // What was taken before must not be overtaken by what is retried.
                    await DeliverAsync(batch, cancellationToken).ConfigureAwait(false);
                    batch = new ProjectionBatch(Name, Ordinal);
                    await work.Run(cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await TakeAsync(work.Feed!, batch, cancellationToken).ConfigureAwait(false);
                }
            }

            await DeliverAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<RetryOutcome> RetryAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken) =>
        RunOnLoopAsync(stopping => RetryHeldAsync(feed, target, stopping), cancellationToken);

    /// <summary>On the loop, so that it does not race with the same cursor's move in a batch; and not waited for, since the loop may be backing off.</summary>
    public override Task FlushAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _flushPosted, 1) == 0)
        {
            Post(async stopping =>
            {
                Volatile.Write(ref _flushPosted, 0);
                await FlushOnLoopAsync(feeds, skipAtLeast, stopping).ConfigureAwait(false);
            });
        }

        return Task.CompletedTask;
    }

    public override void RefreshHeld(IReadOnlyCollection<PartitionFeed> feeds)
    {
        if (Interlocked.Exchange(ref _refreshPosted, 1) != 0)
            return;
        Post(async stopping =>
        {
            Volatile.Write(ref _refreshPosted, 0);
            await RefreshHeldOnLoopAsync(feeds.Where(feed => !feed.IsStopped).ToList(), stopping).ConfigureAwait(false);
        });
    }

    private async Task RefreshHeldOnLoopAsync(List<PartitionFeed> feeds, CancellationToken cancellationToken)
    {
        try
        {
            var held = await _readHeldKeys.ExecuteAsync([.. feeds.Select(feed => feed.Partition)], cancellationToken).ConfigureAwait(false);
            foreach (var feed in feeds)
                _held.Reload(feed, held[(Name, feed.Partition)]);
            SchedulePassOverWaiting(failures: 1, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await WaitAfterAsync(fault, Health.Failures + 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FlushOnLoopAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken)
    {
        try
        {
            await _flush.ExecuteAsync(this, feeds, skipAtLeast, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await WaitAfterAsync(fault, Health.Failures + 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<RetryOutcome> RunOnLoopAsync(Func<CancellationToken, Task<RetryOutcome>> run, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<RetryOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(async stopping =>
        {
            try
            {
                answer.TrySetResult(await run(stopping).ConfigureAwait(false));
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                answer.TrySetException(fault);
            }
        });
        return answer.Task.WaitAsync(cancellationToken);
    }

    private async Task TakeAsync(PartitionFeed feed, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var events = new List<RecordedEvent>();
            if (await feed.TakeAsync(Ordinal, options.ProjectionBatch - batch.Count, events, cancellationToken).ConfigureAwait(false) is { } scanned)
                batch.Add(feed, events, scanned);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await WaitAfterAsync(fault, Health.Failures + 1, cancellationToken).ConfigureAwait(false);
            feed.Wake(Ordinal);
        }
    }

    private async Task DeliverAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            batch.DropStopped();
            if (batch.IsEmpty)
                return;
            try
            {
                if (batch.Count > 0)
                    await ApplyAsync(batch, split: failures > 0, cancellationToken).ConfigureAwait(false);
                batch.Complete();
                Health.Succeeded(batch.Count);
                return;
            }
            catch (CursorMovedException)
            {
                if (await TryResumeAsync(batch, cancellationToken).ConfigureAwait(false))
                    return;
                failures++;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                failures++;
                if (failures > 1 || Fault.OfProjection(fault) == FaultKind.Outage)
                    await WaitAfterAsync(fault, failures, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>All at once first; queue by queue only after a fault, since each of those costs round trips.</summary>
    private async Task ApplyAsync(ProjectionBatch batch, bool split, CancellationToken cancellationToken)
    {
        var (events, held) = _held.Divide(batch);
        var queuedBehindHold = held.Count > 0;
        var transaction = await ProjectionTransaction.BeginAsync(connections.App, batch.ProjectIds(), _searchPath, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (split)
            {
                var parts = new SplitApply(projection, transaction);
                await parts.RunAsync(events, cancellationToken).ConfigureAwait(false);
                held.AddRange(parts.Held);
            }
            else if (events.Count > 0)
            {
                await projection.ApplyAsync(transaction.Connection, events, cancellationToken).ConfigureAwait(false);
            }

            if (held.Count > 0)
                await HoldEvents.ExecuteAsync(transaction.Connection, Name, held, cancellationToken).ConfigureAwait(false);

            var moves = batch.Moves();
            var moved = await MoveCursors.ExecuteAsync(transaction.Connection, moves, (short)batch.Feeds.First().Generation, cancellationToken).ConfigureAwait(false);
            if (moved.Count != moves.Count)
                throw new CursorMovedException(Name);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        batch.SetStored();
        foreach (var row in held)
        {
            if (!_held.Add(row))
                continue;
            if (row.Kind == DeadLetterKind.Fault)
                Health.HeldBack();
            LogHeld(Name, row.Kind, row.Event.Position, row.Event.Type);
        }

        if (held.Exists(row => row.Kind == DeadLetterKind.Waiting))
            SchedulePassOverWaiting(failures: 1, cancellationToken);

        // A rebuild, or another silo, may have ended the hold that they were queued behind: the table knows.
        if (queuedBehindHold)
            RefreshHeld([.. batch.Feeds]);
    }

    /// <summary>Takes position and held queues from the table again. True when it worked; the feeds then hand out what is open.</summary>
    private async Task<bool> TryResumeAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var feeds = batch.Feeds.ToList();
            short[] partitions = [.. feeds.Select(feed => feed.Partition)];
            var held = await _readHeldKeys.ExecuteAsync(partitions, cancellationToken).ConfigureAwait(false);
            var stored = await _readCursors.ExecuteAsync(Name, (short)feeds[0].Generation, partitions, cancellationToken).ConfigureAwait(false);
            foreach (var feed in feeds)
            {
                _held.Reload(feed, held[(Name, feed.Partition)]);
                if (stored.TryGetValue(feed.Partition, out var position))
                    feed.Resume(Ordinal, position);
            }

            LogResumed(Name, partitions.Length);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await WaitAfterAsync(fault, Health.Failures + 1, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private async Task<RetryOutcome> RetryHeldAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken)
    {
        if (feed.IsStopped)
            return new RetryOutcome(RetryStatus.Requested);
        var outcome = await _heldEvents.RetryAsync(feed.Partition, target, _searchPath, cancellationToken).ConfigureAwait(false);
        if (outcome.Status != RetryStatus.StillFailing)
            _held.Release(feed, target.Key);
        return outcome;
    }

    private void SchedulePassOverWaiting(int failures, CancellationToken cancellationToken)
    {
        if (_waitingPosted || !_held.AnyWaiting)
            return;
        _waitingPosted = true;
        _ = PostLaterAsync(BackOff.After(failures, options), async stopping =>
        {
            _waitingPosted = false;
            var again = await PassOverWaitingAsync(stopping).ConfigureAwait(false) ? 1 : failures + 1;
            SchedulePassOverWaiting(again, cancellationToken);
        }, cancellationToken);
    }

    private async Task<bool> PassOverWaitingAsync(CancellationToken cancellationToken)
    {
        var progress = false;
        foreach (var (feed, key) in _held.Waiting())
        {
            try
            {
                progress |= (await RetryHeldAsync(feed, new HeldTarget(key), cancellationToken).ConfigureAwait(false)).Delivered > 0;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Health.Failed(Fault.Describe(fault), 1);
                return progress;
            }
        }

        return progress;
    }

    private async Task PostLaterAsync(TimeSpan delay, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            Post(run);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: what waits is found in the table at the next start.
        }
    }

    private Task WaitAfterAsync(Exception fault, int failures, CancellationToken cancellationToken)
    {
        Health.Failed(Fault.Describe(fault), failures);
        var delay = BackOff.After(failures, options);
        LogFailed(Name, failures, delay, Fault.Describe(fault));
        return Task.Delay(delay, time, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Projection {Consumer} failed {Failures} times in a row ({Fault}); next attempt in {Delay}")]
    private partial void LogFailed(string consumer, int failures, TimeSpan delay, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Projection {Consumer} holds back {Kind} event {Position} of type {EventType}")]
    private partial void LogHeld(string consumer, DeadLetterKind kind, Position position, string eventType);

    [LoggerMessage(Level = LogLevel.Information, Message = "Projection {Consumer} took its positions in {Partitions} partitions from the table again")]
    private partial void LogResumed(string consumer, int partitions);
}
