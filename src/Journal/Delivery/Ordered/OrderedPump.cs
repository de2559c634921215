using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>
/// Delivers at least once, in order within a lane and at the same time across lanes. A lane that fails backs off alone.
/// Positions are stored lazily: receivers know a redelivery by its command id or by the last sequence that they keep.
/// </summary>
internal sealed class OrderedPump : Consumer
{
    private readonly Lock _gate = new();
    private readonly IOrderedTarget _target;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly LaneRunner _runner;
    private readonly FlushCursors _flush;
    private readonly Dictionary<(PartitionFeed, HeldKey), Lane> _lanes = [];
    private readonly Dictionary<PartitionFeed, Queue<TrackedEvent>> _progress = [];
    private readonly Dictionary<PartitionFeed, HashSet<HeldKey>> _held = [];
    private readonly Queue<Lane> _ready = new();
    private TaskCompletionSource? _roomFree;
    private int _active;
    private int _open;
    private CancellationToken _stopping;

    public OrderedPump(IOrderedTarget target, DeliveryConnections connections, DeliveryOptions options, TimeProvider time, ILogger<OrderedPump> logger)
        : base(target.Name, target.Kind, target.EventTypes)
    {
        _target = target;
        _options = options;
        _time = time;
        _runner = new LaneRunner(target, connections, options, time, Health, logger);
        _flush = new FlushCursors(connections.Engine);
    }

    public override void Acquired(PartitionFeed feed, IEnumerable<HeldQueue> held)
    {
        lock (_gate)
        {
            _held[feed] = [.. held.Select(queue => queue.Key)];
            _progress[feed] = new Queue<TrackedEvent>();
        }
    }

    /// <summary>What is open there is dropped; calls that are under way end by themselves and count for nothing.</summary>
    public override void Released(PartitionFeed feed)
    {
        lock (_gate)
        {
            _held.Remove(feed);
            if (_progress.Remove(feed, out var open))
                _open -= open.Count(tracked => tracked.Event is not null && !tracked.IsDone);
            SignalRoomLocked();
        }
    }

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        _stopping = cancellationToken;
        var events = new List<RecordedEvent>();
        while (await Pending.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (Pending.TryRead(out var work))
            {
                await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
                events.Clear();
                await TakeAsync(work.Feed!, events, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override Task<RetryOutcome> RetryAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken)
    {
        var retry = new LaneRetry(target);
        lock (_gate)
        {
            if (feed.IsStopped)
                return Task.FromResult(new RetryOutcome(RetryStatus.Requested));
            AddLocked(feed, target.Key, new LaneItem(null, retry));
            StartLanesLocked();
        }

        return retry.Answer.Task.WaitAsync(cancellationToken);
    }

    public override Task FlushAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken) =>
        _flush.ExecuteAsync(this, feeds, skipAtLeast, cancellationToken);

    private async Task TakeAsync(PartitionFeed feed, List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            if (await feed.TakeAsync(Ordinal, _options.Window, events, cancellationToken).ConfigureAwait(false) is { } scanned)
                Dispatch(feed, events, scanned);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var failures = Health.Failures + 1;
            Health.Failed(Fault.Describe(fault), failures);
            _runner.LogReadFailed(failures, fault);
            await Task.Delay(BackOff.After(failures, _options), _time, cancellationToken).ConfigureAwait(false);
            feed.Wake(Ordinal);
        }
    }

    private void Dispatch(PartitionFeed feed, List<RecordedEvent> events, long scanned)
    {
        lock (_gate)
        {
            if (!_progress.TryGetValue(feed, out var progress))
                return;
            foreach (var recorded in events)
            {
                var tracked = new TrackedEvent(recorded.Position.Seq, recorded);
                progress.Enqueue(tracked);
                AddLocked(feed, _target.KeyOf(recorded), new LaneItem(tracked, null));
            }

            _open += events.Count;
            progress.Enqueue(new TrackedEvent(scanned, null));
            AdvanceLocked(feed);
            StartLanesLocked();
        }
    }

    private void AddLocked(PartitionFeed feed, HeldKey key, LaneItem item)
    {
        if (!_lanes.TryGetValue((feed, key), out var lane))
            _lanes.Add((feed, key), lane = new Lane(feed, key));
        lane.Items.Enqueue(item);
        if (lane.IsScheduled)
            return;
        lane.IsScheduled = true;
        _ready.Enqueue(lane);
    }

    private void StartLanesLocked()
    {
        while (_active < _options.Concurrency && _ready.TryDequeue(out var lane))
        {
            _active++;
            // Off this thread: a receiver that answers at once must not hold the pump's lock.
            ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Pump.RunLaneAsync(state.Lane), (Pump: this, Lane: lane), preferLocal: false);
        }
    }

    private async Task RunLaneAsync(Lane lane)
    {
        var items = new List<LaneItem>();
        while (TakeItems(lane, items, out var isHeld))
        {
            LaneResult result;
            try
            {
                result = await _runner.RunAsync(lane, items, isHeld, _stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }

            if (!Finish(lane, items, result))
            {
                await BackOffAsync(lane).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>The next items of the lane that go together; false when it is empty, and then the lane is gone.</summary>
    private bool TakeItems(Lane lane, List<LaneItem> items, out bool isHeld)
    {
        items.Clear();
        lock (_gate)
        {
            isHeld = _held.TryGetValue(lane.Feed, out var held) && held.Contains(lane.Key);
            if (lane.Feed.IsStopped)
                DropLocked(lane);
            while (lane.Items.TryPeek(out var item) && items.Count < _target.Batch)
            {
                if (item.Retry is not null && items.Count > 0)
                    break;
                items.Add(item);
                lane.Items.Dequeue();
                if (item.Retry is not null)
                    break;
            }

            if (items.Count > 0)
                return true;
            _lanes.Remove((lane.Feed, lane.Key));
            _active--;
            StartLanesLocked();
            return false;
        }
    }

    /// <summary>False when the lane must back off: what was not delivered stands at its head again.</summary>
    private bool Finish(Lane lane, List<LaneItem> items, LaneResult result)
    {
        lock (_gate)
        {
            if (result.IsHeld is { } isHeld && _held.TryGetValue(lane.Feed, out var held))
            {
                if (isHeld)
                    held.Add(lane.Key);
                else
                    held.Remove(lane.Key);
            }

            foreach (var item in items.Take(result.Done))
            {
                if (item.Tracked is not { } tracked)
                    continue;
                tracked.IsDone = true;
                if (_progress.ContainsKey(lane.Feed))
                    _open--;
            }

            AdvanceLocked(lane.Feed);
            SignalRoomLocked();
            if (result.Done == items.Count)
            {
                lane.Failures = 0;
                return true;
            }

            var rest = lane.Items.ToArray();
            lane.Items.Clear();
            foreach (var item in items.Skip(result.Done).Concat(rest))
                lane.Items.Enqueue(item);
            lane.Failures++;
            _active--;
            StartLanesLocked();
            return false;
        }
    }

    private async Task BackOffAsync(Lane lane)
    {
        try
        {
            await Task.Delay(BackOff.After(lane.Failures, _options), _time, _stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }

        lock (_gate)
        {
            _ready.Enqueue(lane);
            StartLanesLocked();
        }
    }

    private void AdvanceLocked(PartitionFeed feed)
    {
        if (!_progress.TryGetValue(feed, out var progress))
            return;
        long? passed = null;
        while (progress.TryPeek(out var tracked) && tracked.IsDone)
        {
            // The end of what was looked through, or one event: the next wanted one lies behind it.
            passed = tracked.Seq;
            progress.Dequeue();
        }

        if (passed is { } seq)
            feed.Complete(Ordinal, seq);
    }

    private static void DropLocked(Lane lane)
    {
        foreach (var item in lane.Items)
            item.Retry?.Answer.TrySetResult(new RetryOutcome(RetryStatus.Requested));
        lane.Items.Clear();
    }

    private Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_open < _options.Window)
                return Task.CompletedTask;
            _roomFree ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _roomFree.Task.WaitAsync(cancellationToken);
        }
    }

    private void SignalRoomLocked()
    {
        if (_open >= _options.Window || _roomFree is null)
            return;
        _roomFree.TrySetResult();
        _roomFree = null;
    }
}
