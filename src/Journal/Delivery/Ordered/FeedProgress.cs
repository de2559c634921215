using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>What of one partition is on its way, in order, and which of its lanes are held back. Guarded by the pump's lock.</summary>
internal sealed class FeedProgress(IEnumerable<HeldQueue> held)
{
    private readonly Queue<TrackedEvent> _events = new();
    private readonly HashSet<HeldKey> _held = [.. held.Select(queue => queue.Key)];

    /// <summary>Events that were taken and not delivered.</summary>
    public int Open => _events.Count(tracked => tracked.Event is not null && !tracked.IsDone);

    public bool IsHeld(HeldKey key) => _held.Contains(key);

    public void Hold(HeldKey key, bool isHeld)
    {
        if (isHeld)
            _held.Add(key);
        else
            _held.Remove(key);
    }

    /// <summary>The queues that wait for nothing but another attempt: those without a dead letter at their head, and holds of which no row is left.</summary>
    /// <param name="stored">What the table says.</param>
    public List<HeldKey> WaitingOf(IEnumerable<HeldQueue> stored)
    {
        var queues = stored.ToDictionary(static queue => queue.Key, static queue => queue.IsWaiting);
        return [.. queues.Where(static queue => queue.Value).Select(static queue => queue.Key), .. _held.Where(key => !queues.ContainsKey(key))];
    }

    public void Add(TrackedEvent tracked) => _events.Enqueue(tracked);

    /// <summary>How far all is done since the last call: the end of what was looked through, or one event, behind which the next wanted one lies.</summary>
    public long? Advance()
    {
        long? passed = null;
        while (_events.TryPeek(out var tracked) && tracked.IsDone)
        {
            passed = tracked.Seq;
            _events.Dequeue();
        }

        return passed;
    }
}
