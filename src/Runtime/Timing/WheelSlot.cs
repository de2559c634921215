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

    /// <summary>How many entries are held, done or not.</summary>
    public int Count => _count;

    public void Add(IWheelEntry entry, long dueTick)
    {
        lock (_gate)
        {
            if (_count == _entries.Length)
                MakeRoom();
            _entries[_count++] = (entry, dueTick);
        }
    }

    /// <summary>Takes out those that are due; others in the slot are due a round or more later.</summary>
    public void TakeDue(long now, List<IWheelEntry> due)
    {
        if (Volatile.Read(ref _count) == 0)
            return;
        lock (_gate)
        {
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
