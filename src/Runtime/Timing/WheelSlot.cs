namespace AwoooP.Runtime.Timing;

/// <summary>
/// The entries that one part of the wheel looks at in the same tick. Nearly all are done long before, so none is ever
/// taken out by itself: a full slot first drops those that are done, and grows only when most are not. So clearing a
/// deadline costs nothing, and the slot holds no more than a few entries or twice those that still matter.
/// </summary>
internal sealed class WheelSlot
{
    private const int SmallCapacity = 16;
    private readonly Lock _gate = new();
    private (IWheelEntry Entry, long DueTick)[] _entries = [];
    private int _count;
    private long _seenTick;

    /// <summary>How many entries are held, done or not.</summary>
    public int Count => _count;

    /// <returns>False when those due at that tick were taken already. Told under the lock of <see cref="TakeDue"/>, so no entry falls between the two.</returns>
    public bool TryAdd(IWheelEntry entry, long dueTick)
    {
        lock (_gate)
        {
            if (dueTick <= _seenTick)
                return false;
            if (_count == _entries.Length)
                MakeRoom();
            _entries[_count++] = (entry, dueTick);
            return true;
        }
    }

    /// <summary>Takes out those that are due; others in the slot are due a round or more later.</summary>
    public void TakeDue(long now, List<IWheelEntry> due)
    {
        lock (_gate)
        {
            _seenTick = now;
            if (_count == 0)
                return;
            for (var index = 0; index < _count; index++)
            {
                var (entry, dueTick) = _entries[index];
                if (dueTick <= now && !entry.IsDone)
                    due.Add(entry);
            }

            Keep(now);
            if (_count == 0 && _entries.Length > SmallCapacity)
                _entries = [];
        }
    }

    private void MakeRoom()
    {
        Keep(long.MinValue);
        if (_count > _entries.Length / 2 || _entries.Length == 0)
            Array.Resize(ref _entries, Math.Max(SmallCapacity, _entries.Length * 2));
    }

    /// <summary>Keeps those that matter and are due after this tick.</summary>
    private void Keep(long tick)
    {
        var kept = 0;
        for (var index = 0; index < _count; index++)
        {
            if (_entries[index].DueTick > tick && !_entries[index].Entry.IsDone)
                _entries[kept++] = _entries[index];
        }

        Array.Clear(_entries, kept, _count - kept);
        _count = kept;
    }
}
