using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>
/// Delivers at least once, in order within a lane and at the same time across lanes. A lane that fails backs off alone.
/// Positions are stored lazily: receivers know a redelivery by its command id or by the last sequence that they keep.
/// </summary>
internal sealed partial class OrderedPump : Consumer
{
    private readonly Lock _gate = new();
    private readonly IOrderedTarget _target;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly LaneRunner _runner;
    private readonly FlushCursors _flush;
    private readonly ReadCursors _readCursors;
    private readonly ReadHeldKeys _readHeldKeys;
    private readonly LaneSchedule _lanes;
    private readonly DeliveryWindow _window;
    private readonly RestingFeeds _resting;
    private readonly Dictionary<PartitionFeed, FeedProgress> _feeds = [];
    private CancellationToken _stopping;

    public OrderedPump(IOrderedTarget target, JournalConnections connections, DeliveryOptions options, TimeProvider time, ILogger<OrderedPump> logger)
        : base(target.Name, target.Kind, target.EventTypes)
    {
        _target = target;
        _options = options;
        _time = time;
        var delivery = new OrderedDelivery(target, connections, options, time, Health, logger);
        _resting = new RestingFeeds(Enqueue, options, time);
        _runner = new LaneRunner(target, delivery, new HeldLanes(target.Name, delivery, connections.Engine), _resting, Health, logger);
        _flush = new FlushCursors(connections.Engine);
        _readCursors = new ReadCursors(connections.Engine);
        _readHeldKeys = new ReadHeldKeys(connections.Engine);
        _window = new DeliveryWindow(options.Window);

        // Off this thread: a receiver that answers at once must not hold the pump's lock.
        _lanes = new LaneSchedule(options.Concurrency, lane => ThreadPool.UnsafeQueueUserWorkItem(
            static state => _ = state.Pump.RunLaneAsync(state.Lane), (Pump: this, Lane: lane), preferLocal: false));
    }

    public override void Acquired(PartitionFeed feed, IEnumerable<HeldQueue> held)
    {
        List<HeldQueue> queues = [.. held];
        lock (_gate)
        {
            _feeds[feed] = new FeedProgress(queues);
            RetryWaiting(feed, queues);
        }
    }

    /// <summary>What is open there is dropped; calls that are under way end by themselves and count for nothing.</summary>
    public override void Released(PartitionFeed feed)
    {
        GotOn(feed);
        lock (_gate)
        {
            if (_feeds.Remove(feed, out var progress))
                _window.Close(progress.Open);
        }
    }

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        _stopping = cancellationToken;
        var events = new List<RecordedEvent>();
        while (await Pending.WaitToReadAsync(cancellationToken))
        {
            while (Pending.TryRead(out var work))
            {
                if (work.Run is { } run)
                {
                    await run(cancellationToken);
                    continue;
                }

                await WaitForRoomAsync(cancellationToken);
                events.Clear();
                await TakeAsync(work.Feed!, events, cancellationToken);
            }
        }
    }

    public override Task<RetryOutcome> RetryAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken)
    {
        var retry = new LaneRetry(target, isAskedFor: true);
        lock (_gate)
        {
            if (feed.IsStopped)
                return Task.FromResult(new RetryOutcome(RetryStatus.Requested));
            _lanes.Add(feed, target.Key, new LaneItem(null, retry));
            _lanes.Start();
        }

        return retry.Answer.Task.WaitAsync(cancellationToken);
    }

    public override async Task FlushAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken)
    {
        var others = await _flush.ExecuteAsync(this, feeds, skipAtLeast, cancellationToken);
        if (others.Count == 0)
            return;

        // What is on its way goes on: receivers know a redelivery.
        var stored = await _readCursors.ExecuteAsync(Name, (short)others[0].Generation, [.. others.Select(feed => feed.Partition)], cancellationToken);
        foreach (var feed in others)
        {
            if (stored.TryGetValue(feed.Partition, out var position))
                feed.SetStored(Ordinal, position);
        }
    }

    private Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _window.WaitForRoomAsync(cancellationToken);
    }

    private async Task TakeAsync(PartitionFeed feed, List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        if (_resting.IsResting(feed))
            return;
        try
        {
            if (await feed.TakeAsync(Ordinal, _options.Window, events, cancellationToken) is { } scanned)
                Dispatch(feed, events, scanned);
            GotOn(feed);
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            var most = _resting.MostFailures;
            var (failures, _) = _resting.Begin(feed, cancellationToken);
            Health.Failed(Fault.Describe(fault), Math.Max(failures, most));
            if (failures > most)
                _runner.LogReadFailed(failures, fault);
        }
    }

    /// <summary>What could not be read of the feed is read, or another's to read.</summary>
    private void GotOn(PartitionFeed feed)
    {
        if (_resting.Forget(feed))
            Health.Succeeded(0, _resting.MostFailures);
    }

    private void Dispatch(PartitionFeed feed, List<RecordedEvent> events, long scanned)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(feed, out var progress))
                return;
            foreach (var recorded in events)
            {
                var tracked = new TrackedEvent(recorded.Position.Seq, recorded);
                progress.Add(tracked);
                _lanes.Add(feed, _target.KeyOf(recorded), new LaneItem(tracked, null));
            }

            _window.Open(events.Count);
            progress.Add(new TrackedEvent(scanned, null));
            Advance(feed, progress);
            _lanes.Start();
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
                result = await _runner.RunAsync(lane, items, isHeld, _stopping);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }

            if (!Finish(lane, items, result))
            {
                await BackOffAsync(lane);
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
            isHeld = _feeds.TryGetValue(lane.Feed, out var progress) && progress.IsHeld(lane.Key);
            if (lane.Feed.IsStopped)
                lane.Drop();
            lane.Take(_target.Batch, items);
            if (items.Count > 0)
                return true;
            _lanes.End(lane);
            return false;
        }
    }

    /// <summary>False when the lane must back off: what was not delivered stands at its head again.</summary>
    private bool Finish(Lane lane, List<LaneItem> items, LaneResult result)
    {
        lock (_gate)
        {
            var delivered = 0;
            foreach (var item in items.Take(result.Done))
            {
                if (item.Tracked is not { } tracked)
                    continue;
                tracked.IsDone = true;
                delivered++;
            }

            if (_feeds.TryGetValue(lane.Feed, out var progress))
            {
                if (result.IsHeld is { } isHeld)
                    progress.Hold(lane.Key, isHeld);
                Advance(lane.Feed, progress);
                _window.Close(delivered);
            }

            if (result.Done == items.Count)
            {
                lane.Failures = 0;
                return true;
            }

            lane.PutBack(items.Skip(result.Done));
            lane.Failures++;
            _lanes.Pause();
            return false;
        }
    }

    private async Task BackOffAsync(Lane lane)
    {
        try
        {
            await Task.Delay(BackOff.After(lane.Failures, _options), _time, _stopping);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }

        lock (_gate)
            _lanes.Resume(lane);
    }

    private void Advance(PartitionFeed feed, FeedProgress progress)
    {
        if (progress.Advance() is { } passed)
            feed.Complete(Ordinal, passed);
    }
}
