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
    private readonly IProjection _projection;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ProjectionPump> _logger;
    private readonly ReadCursors _readCursors;
    private readonly ReadHeldKeys _readHeldKeys;
    private readonly FlushCursors _flush;
    private readonly HeldBack _held;
    private readonly HeldProjectionEvents _heldEvents;
    private readonly ProjectionWrite _write;
    private readonly WaitingQueues _waiting;
    private readonly RestingFeeds _resting;
    private readonly Posted _flushing = new();
    private readonly Posted _refreshing = new();

    public ProjectionPump(
        IProjection projection, JournalConnections connections, DeliveryOptions options, TimeProvider time, ILogger<ProjectionPump> logger)
        : base(projection.Name, ConsumerKind.Projection, projection.EventTypes)
    {
        _projection = projection;
        _options = options;
        _time = time;
        _logger = logger;
        _readCursors = new ReadCursors(connections.Engine);
        _readHeldKeys = new ReadHeldKeys(connections.Engine);
        _flush = new FlushCursors(connections.Engine);
        var searchPath = ProjectionTransaction.SearchPath(projection.Tables);
        _held = new HeldBack(projection);
        _heldEvents = new HeldProjectionEvents(projection, connections, searchPath);
        _write = new ProjectionWrite(projection, connections, searchPath);
        _waiting = new WaitingQueues(_held, RetryHeldAsync, Post, Health, options, time);
        _resting = new RestingFeeds(Enqueue, options, time);
    }

    public override void Acquired(PartitionFeed feed, IEnumerable<HeldQueue> held)
    {
        if (!_held.Acquire(feed, held))
            return;
        Post(stopping =>
        {
            _waiting.Schedule(stopping);
            return Task.CompletedTask;
        });
    }

    public override void Released(PartitionFeed feed)
    {
        _held.Forget(feed);

        // Another's to get on with: what stood in its way is nothing of this process any more.
        if (_resting.Forget(feed))
            Health.Succeeded(0, _resting.MostFailures);
    }

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
                else if (!await TryTakeAsync(work.Feed!, batch, cancellationToken))
                {
                    // The next read may hang as long as this one: what is in hand must not wait for it.
                    await DeliverAsync(batch, cancellationToken);
                    batch = new ProjectionBatch(Name, Ordinal);
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

    /// <summary>False when the feed could not be read, and rests.</summary>
    private async Task<bool> TryTakeAsync(PartitionFeed feed, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        if (_resting.IsResting(feed))
            return true;
        try
        {
            var events = new List<RecordedEvent>();
            if (await feed.TakeAsync(Ordinal, _options.ProjectionBatch - batch.Count, events, cancellationToken) is { } scanned)
                batch.Add(feed, events, scanned);
            else
                GotOn([feed], 0);
            return true;
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            Rest(feed, Fault.Describe(fault), cancellationToken);
            return false;
        }
    }

    /// <summary>
    /// Takes position and held queues from the table again; the feeds then hand out what is open. The positions first: what another silo
    /// holds back afterwards lies behind them, and is met again.
    /// </summary>
    private async Task ResumeAsync(List<PartitionFeed> feeds, CancellationToken cancellationToken)
    {
        var stored = await _readCursors.ExecuteAsync(Name, (short)feeds[0].Generation, [.. feeds.Select(feed => feed.Partition)], cancellationToken);
        await LoadHeldAsync(feeds, cancellationToken);
        foreach (var feed in feeds)
        {
            if (!stored.TryGetValue(feed.Partition, out var position))
            {
                // It cannot move before somebody has put the row back, and must not be forgotten until then.
                position = feed.GetStored(Ordinal);
                Rest(feed, $"no position in partition {feed.Partition}", cancellationToken);
            }

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
        try
        {
            var outcome = await _heldEvents.RetryAsync(feed, target, cancellationToken);
            if (outcome.Status != RetryStatus.StillFailing)
                _held.Release(feed, target.Key);
            return outcome;
        }
        catch (PartitionLostException)
        {
            return new RetryOutcome(RetryStatus.Requested);
        }
    }

    /// <summary>For what is done again after a while anyhow: answers the fault.</summary>
    private async Task<Exception?> TryAsync(Func<Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run();
            return null;
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            Health.Failed(Fault.Describe(fault), Health.Failures + 1);
            LogNotDone(Name, Fault.Describe(fault));
            return fault;
        }
    }

    private void GotOn(IReadOnlyCollection<PartitionFeed> feeds, int events)
    {
        foreach (var feed in feeds)
            _resting.Forget(feed);
        Health.Succeeded(events, _resting.MostFailures);
    }

    private void Rest(PartitionFeed feed, string fault, CancellationToken cancellationToken)
    {
        var most = _resting.MostFailures;
        var (failures, delay) = _resting.Begin(feed, cancellationToken);
        Health.Failed(fault, Math.Max(failures, most));

        // All partitions fail together while the server is away, which is to be said once.
        if (failures > most)
            LogRests(Name, feed.Partition, failures, delay, fault);
    }
}
