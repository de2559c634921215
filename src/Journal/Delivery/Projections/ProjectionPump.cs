using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>
/// Fills one projection's tables: takes what its partitions have, writes it in one transaction and moves the cursors in the same one
/// by compare-and-set. So each event is applied once, whatever crashes and whoever else believes to own a partition.
/// </summary>
internal sealed partial class ProjectionPump : Consumer
{
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ProjectionPump> _logger;
    private readonly ReadCursors _readCursors;
    private readonly ReadHeldKeys _readHeldKeys;
    private readonly FlushCursors _flush;
    private readonly HeldBack _held = new();
    private readonly HeldProjectionEvents _heldEvents;
    private readonly ProjectionWrite _write;
    private readonly WaitingQueues _waiting;
    private readonly Posted _flushing = new();
    private readonly Posted _refreshing = new();

    public ProjectionPump(
        IProjection projection, JournalConnections connections, DeliveryOptions options, TimeProvider time, ILogger<ProjectionPump> logger)
        : base(projection.Name, ConsumerKind.Projection, projection.EventTypes)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _readCursors = new ReadCursors(connections.Engine);
        _readHeldKeys = new ReadHeldKeys(connections.Engine);
        _flush = new FlushCursors(connections.Engine);
        var searchPath = ProjectionTransaction.SearchPath(projection.Tables);
        _heldEvents = new HeldProjectionEvents(projection, connections, searchPath);
        _write = new ProjectionWrite(projection, connections, searchPath);
        _waiting = new WaitingQueues(_held, RetryHeldAsync, Post, Health, options, time);
    }

    public override void Acquired(PartitionFeed feed, IEnumerable<HeldQueue> held) => _held.Acquire(feed, held);

    public override void Released(PartitionFeed feed) => _held.Forget(feed);

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        _waiting.Schedule(cancellationToken);
        while (await Pending.WaitToReadAsync(cancellationToken))
        {
            var batch = new ProjectionBatch(Name, Ordinal);
            while (batch.Count < _options.ProjectionBatch && Pending.TryRead(out var work))
            {
                if (work.Run is not null)
                {
                    // What was taken before must not be overtaken by what is retried.
                    await DeliverAsync(batch, cancellationToken);
                    batch = new ProjectionBatch(Name, Ordinal);
                    await work.Run(cancellationToken);
                }
                else
                {
                    await TakeAsync(work.Feed!, batch, cancellationToken);
                }
            }

            await DeliverAsync(batch, cancellationToken);
        }
    }

    public override Task<RetryOutcome> RetryAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<RetryOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(async stopping =>
        {
            try
            {
                answer.TrySetResult(await RetryHeldAsync(feed, target, stopping));
            }
            catch (Exception fault) when (!fault.IsStop(stopping))
            {
                answer.TrySetException(fault);
            }
        });
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>On the loop, so that it does not race with the same cursor's move in a batch; and not waited for, since the loop may be backing off.</summary>
    public override Task FlushAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken)
    {
        PostOnce(_flushing, stopping => TryAsync(() => FlushOnLoopAsync(feeds, skipAtLeast, stopping), stopping));
        return Task.CompletedTask;
    }

    private async Task FlushOnLoopAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken)
    {
        // Events that another silo has applied must not be applied again, and from its position nothing would show that they were.
        if (await _flush.ExecuteAsync(this, feeds, skipAtLeast, cancellationToken) is { Count: > 0 } others)
            await ResumeAsync(others, cancellationToken);
    }

    public override void RefreshHeld(IReadOnlyCollection<PartitionFeed> feeds) => PostOnce(_refreshing, stopping => TryAsync(
        async () =>
        {
            await LoadHeldAsync([.. feeds.Where(feed => !feed.IsStopped)], stopping);
            _waiting.Schedule(stopping);
        },
        stopping));

    private async Task TakeAsync(PartitionFeed feed, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var events = new List<RecordedEvent>();
            if (await feed.TakeAsync(Ordinal, _options.ProjectionBatch - batch.Count, events, cancellationToken) is { } scanned)
                batch.Add(feed, events, scanned);
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            await WaitAfterAsync(fault, Health.Failures + 1, cancellationToken);
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
                    await ApplyAsync(batch, split: failures > 0, cancellationToken);
                batch.Complete();
                Health.Succeeded(batch.Count);
                return;
            }
            catch (CursorMovedException)
            {
                if (await TryAsync(() => ResumeAsync([.. batch.Feeds], cancellationToken), cancellationToken))
                    return;
                failures++;
            }
            catch (Exception fault) when (!fault.IsStop(cancellationToken))
            {
                failures++;
                if (failures > 1 || Fault.OfProjection(fault) == FaultKind.Outage)
                    await WaitAfterAsync(fault, failures, cancellationToken);
            }
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

    /// <summary>Takes position and held queues from the table again; the feeds then hand out what is open.</summary>
    private async Task ResumeAsync(List<PartitionFeed> feeds, CancellationToken cancellationToken)
    {
        await LoadHeldAsync(feeds, cancellationToken);
        var stored = await _readCursors.ExecuteAsync(Name, (short)feeds[0].Generation, [.. feeds.Select(feed => feed.Partition)], cancellationToken);
        foreach (var feed in feeds)
        {
            if (stored.TryGetValue(feed.Partition, out var position))
                feed.Resume(Ordinal, position);
        }

        LogResumed(Name, feeds.Count);
    }

    private async Task LoadHeldAsync(List<PartitionFeed> feeds, CancellationToken cancellationToken)
    {
        var held = await _readHeldKeys.ExecuteAsync([.. feeds.Select(feed => feed.Partition)], cancellationToken);
        foreach (var feed in feeds)
            _held.Reload(feed, held[(Name, feed.Partition)]);
    }

    private async Task<RetryOutcome> RetryHeldAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken)
    {
        if (feed.IsStopped)
            return new RetryOutcome(RetryStatus.Requested);
        var outcome = await _heldEvents.RetryAsync(feed.Partition, target, cancellationToken);
        if (outcome.Status != RetryStatus.StillFailing)
            _held.Release(feed, target.Key);
        return outcome;
    }

    /// <summary>False when it failed, after a while in which nothing more is begun.</summary>
    private async Task<bool> TryAsync(Func<Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run();
            return true;
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            await WaitAfterAsync(fault, Health.Failures + 1, cancellationToken);
            return false;
        }
    }

    private Task WaitAfterAsync(Exception fault, int failures, CancellationToken cancellationToken)
    {
        Health.Failed(Fault.Describe(fault), failures);
        var delay = BackOff.After(failures, _options);
        LogFailed(Name, failures, delay, Fault.Describe(fault));
        return Task.Delay(delay, _time, cancellationToken);
    }
}
