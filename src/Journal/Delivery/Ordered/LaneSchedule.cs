using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>The lanes that have something to deliver, and which of them run. Guarded by the pump's lock.</summary>
/// <param name="start">Runs a lane, on another thread.</param>
internal sealed class LaneSchedule(int concurrency, Action<Lane> start)
{
    private readonly Dictionary<(PartitionFeed, HeldKey), Lane> _lanes = [];
    private readonly Queue<Lane> _ready = new();
    private int _running;

    /// <summary>The lane runs at the next <see cref="Start"/>, or as soon as there is room for it.</summary>
    public void Add(PartitionFeed feed, HeldKey key, LaneItem item)
    {
        if (!_lanes.TryGetValue((feed, key), out var lane))
            _lanes.Add((feed, key), lane = new Lane(feed, key));
        lane.Add(item);
        if (lane.IsScheduled)
            return;
        lane.IsScheduled = true;
        _ready.Enqueue(lane);
    }

    /// <summary>Whether a retry stands in the lane and has not begun.</summary>
    public bool HasRetry(PartitionFeed feed, HeldKey key) => _lanes.TryGetValue((feed, key), out var lane) && lane.HasRetry;

    public void Start()
    {
        while (_running < concurrency && _ready.TryDequeue(out var lane))
        {
            _running++;
            start(lane);
        }
    }

    /// <summary>The lane is empty, and gone.</summary>
    public void End(Lane lane)
    {
        _lanes.Remove((lane.Feed, lane.Key));
        _running--;
        Start();
    }

    /// <summary>The lane backs off, and makes room for another meanwhile.</summary>
    public void Pause()
    {
        _running--;
        Start();
    }

    public void Resume(Lane lane)
    {
        _ready.Enqueue(lane);
        Start();
    }
}
