namespace AwoooP.Journal.Delivery.Feed;

/// <summary>
/// The newest events of one partition, and where each consumer stands in it. Guarded by the feed's lock.
/// A consumer whose position lies outside memory reads the table until it has caught up.
/// </summary>
/// <param name="known">Events that it does not know end what anybody is handed out.</param>
/// <param name="wake">Told each consumer that has something to look through.</param>
internal sealed class FeedMemory(IReadOnlyList<Consumer> consumers, int tailEvents, IKnownEvents known, Action<int> wake)
{
    private const int TrimEvery = 64;

    private readonly ConsumerSlot[] _slots = new ConsumerSlot[consumers.Count];
    private readonly EventRing _ring = new(tailEvents);

    /// <inheritdoc cref="EventRing.First"/>
    public long First => _ring.First;

    public void Start(ReadOnlySpan<long> positions, long lastInTable)
    {
        if (lastInTable > _ring.Last)
            _ring.StartAfter(lastInTable);
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].StartAt(positions[i]);

            // A doubt that came before the start is of the table as it was when the end was read, or later: it stands.
            if (!_slots[i].DistrustsMemory)
                _slots[i].TableUpTo = _ring.First - 1;
            wake(i);
        }
    }

    /// <summary>Gives the events up; none is handed out any more.</summary>
    public void Forget() => _ring.StartAfter(_ring.Last);

    /// <summary>False when the event was told before.</summary>
    public bool Append(RecordedEvent recorded)
    {
        var seq = recorded.Position.Seq;
        if (seq <= _ring.Last)
            return false;
        if (!known.Contains(recorded.Type, recorded.TypeVersion))
        {
            // Not kept, so that it is met where the table is read, and there alone.
            StartAt(seq + 1);
            return true;
        }

        if (seq != _ring.Last + 1)
            StartAt(seq);

        for (var i = 0; i < _slots.Length; i++)
        {
            ref var slot = ref _slots[i];
            if (slot.IsUpToDate)
                slot.Done = slot.Read = Math.Max(slot.Read, _ring.Last);
            if (!consumers[i].EventTypes.Contains(recorded.Type))
                continue;
            slot.LastWanted = Math.Max(slot.LastWanted, seq);
            wake(i);
        }

        _ring.Append(recorded);
        if (_ring.Count % TrimEvery == 0 || _ring.IsOverfull)
            Trim();
        return true;
    }

    /// <summary>The table may hold events that were never told: every consumer reads it again from where it stands.</summary>
    public void Distrust()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].Distrust();
            wake(i);
        }
    }

    /// <summary>The table holds this much at least; more than was told means that something was missed.</summary>
    public void NoteInTable(long last)
    {
        if (last > _ring.Last)
            StartAt(last + 1);
    }

    /// <summary>Lets those go on who were reading the table.</summary>
    public void WakeReadersOfTable()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (!_slots[i].ReadsMemory)
                wake(i);
        }
    }

    /// <summary>After which event the consumer reads the table next; null when memory has what it has not had.</summary>
    public long? ReadsTableAfter(int consumer) => _slots[consumer].ReadsMemory ? null : _slots[consumer].Read;

    public bool AnyReadsTable()
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            if (!slot.ReadsMemory)
                return true;
        }

        return false;
    }

    /// <inheritdoc cref="PartitionFeed.TakeAsync"/>
    public long? Take(int consumer, int max, List<RecordedEvent> into)
    {
        ref var slot = ref _slots[consumer];
        if (slot.HasHadAll || _ring.Count == 0)
            return null;

        var types = consumers[consumer].EventTypes;
        var taken = 0;
        var seq = Math.Max(slot.Read + 1, _ring.First);
        for (; seq <= slot.LastWanted && taken < max; seq++)
        {
            var recorded = _ring[seq];
            if (!types.Contains(recorded.Type))
                continue;
            into.Add(recorded);
            taken++;
        }

        slot.Read = seq - 1;
        if (!slot.HasHadAll)
            wake(consumer);
        return slot.Read;
    }

    /// <param name="isEnd">The table holds no more than the page.</param>
    /// <returns>As <see cref="Take"/>.</returns>
    /// <exception cref="UnknownEventException">Nothing lies before an event that this build does not know.</exception>
    public long? TakePage(int consumer, EventPage page, bool isEnd, List<RecordedEvent> into)
    {
        ref var slot = ref _slots[consumer];
        var before = slot.Read;
        var types = consumers[consumer].EventTypes;
        RecordedEvent? unknown = null;
        foreach (var recorded in page.Events)
        {
            if (recorded.Position.Seq <= slot.Read)
                continue;
            if (!known.Contains(recorded.Type, recorded.TypeVersion))
            {
                unknown = recorded;
                break;
            }

            if (!types.Contains(recorded.Type))
                continue;
            into.Add(recorded);
            slot.LastWanted = Math.Max(slot.LastWanted, recorded.Position.Seq);
        }

        slot.Read = Math.Max(slot.Read, unknown is null ? page.End : unknown.Position.Seq - 1);
        if (unknown is not null)
        {
            // Whoever still reads the table is not up to date: neither a position nor a waiter passes the event.
            slot.TableUpTo = Math.Max(slot.TableUpTo, unknown.Position.Seq);
            if (slot.Read == before)
                throw new UnknownEventException(unknown);
        }
        else if (isEnd)
        {
            // The table may be ahead of what was told: the rest is told yet, and memory must go on taking it for the others.
            slot.TableUpTo = _ring.First - 1;
        }

        if (slot.Read == before)
            return null;
        if (!slot.ReadsMemory || !slot.HasHadAll)
            wake(consumer);
        return slot.Read;
    }

    /// <summary>The table holds nothing between what the consumer has had and a number that memory goes on from: those events have left the log.</summary>
    /// <returns>As <see cref="Take"/>.</returns>
    public long? PassGap(int consumer, long upTo)
    {
        ref var slot = ref _slots[consumer];
        if (slot.DistrustsMemory || slot.Read >= upTo)
            return null;

        slot.Read = upTo;
        if (!slot.ReadsMemory || !slot.HasHadAll)
            wake(consumer);
        return slot.Read;
    }

    public void Complete(int consumer, long seq) => _slots[consumer].Done = Math.Max(_slots[consumer].Done, seq);

    /// <summary>The consumer goes on from what the table says of it.</summary>
    public void Resume(int consumer, long stored)
    {
        _slots[consumer].StartAt(stored);
        _slots[consumer].Distrust();
        wake(consumer);
    }

    public void SetStored(int consumer, long seq) => _slots[consumer].Stored = seq;

    public long GetStored(int consumer) => _slots[consumer].Stored;

    /// <inheritdoc cref="PartitionFeed.GetMove"/>
    public (long From, long To)? GetMove(int consumer, long skipAtLeast)
    {
        ref var slot = ref _slots[consumer];
        var passed = slot.PassedOf(_ring.Last);
        return (slot.Done > slot.Stored || passed - slot.Stored >= skipAtLeast) && passed > slot.Stored ? (slot.Stored, passed) : null;
    }

    /// <summary>How many events of the log the consumer has not passed.</summary>
    public long GetLag(int consumer) => Math.Max(0, _ring.Last - _slots[consumer].PassedOf(_ring.Last));

    public bool HasPassed(int consumer, long seq) => _slots[consumer].PassedOf(_ring.Last) >= seq;

    /// <summary>What came before was not told, or not kept: who has not had it finds it in the table.</summary>
    private void StartAt(long seq)
    {
        _ring.StartAfter(seq - 1);
        for (var i = 0; i < _slots.Length; i++)
        {
            if (!_slots[i].DistrustsMemory)
                _slots[i].TableUpTo = seq - 1;
            wake(i);
        }
    }

    private void Trim()
    {
        var passed = long.MaxValue;
        foreach (ref var slot in _slots.AsSpan())
        {
            if (!(slot.ReadsMemory && slot.HasHadAll) && !slot.DistrustsMemory)
                passed = Math.Min(passed, slot.Read);
        }

        while (_ring.Count > 0 && _ring.First <= passed)
            _ring.RemoveFirst();
        while (_ring.IsOverfull)
            Evict(_ring.RemoveFirst());
    }

    /// <summary>Whoever wanted it and has not had it must find it in the table.</summary>
    private void Evict(RecordedEvent evicted)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            ref var slot = ref _slots[i];
            if (slot.Read < evicted.Position.Seq && consumers[i].EventTypes.Contains(evicted.Type))
                slot.TableUpTo = Math.Max(slot.TableUpTo, evicted.Position.Seq);
        }
    }
}
