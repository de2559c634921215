namespace AwoooP.Runtime.Timing;

/// <summary>The entries that one part of the wheel looks at in the same tick; a doubly linked list under its own lock.</summary>
internal sealed class WheelSlot
{
    private readonly Lock _gate = new();
    private IWheelEntry? _first;

    public void Add(IWheelEntry entry)
    {
        lock (_gate)
        {
            entry.Slot = this;
            entry.Previous = null;
            entry.Next = _first;
            if (_first is not null)
                _first.Previous = entry;
            _first = entry;
        }
    }

    public void Remove(IWheelEntry entry)
    {
        lock (_gate)
        {
            if (ReferenceEquals(entry.Slot, this))
                Unlink(entry);
        }
    }

    /// <summary>Takes out those that are due; others in the slot are due a round or more later.</summary>
    public void TakeDue(long now, List<IWheelEntry> due)
    {
        lock (_gate)
        {
            for (var entry = _first; entry is not null;)
            {
                var next = entry.Next;
                if (entry.DueTick <= now)
                {
                    Unlink(entry);
                    due.Add(entry);
                }

                entry = next;
            }
        }
    }

    private void Unlink(IWheelEntry entry)
    {
        if (entry.Previous is null)
            _first = entry.Next;
        else
            entry.Previous.Next = entry.Next;
        if (entry.Next is not null)
            entry.Next.Previous = entry.Previous;
        entry.Slot = null;
        entry.Previous = null;
        entry.Next = null;
    }
}
