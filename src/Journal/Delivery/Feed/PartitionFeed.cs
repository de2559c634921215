using AwoooP.Journal.Delivery.Sql;

namespace AwoooP.Journal.Delivery.Feed;

/// <summary>
/// One owned partition as its consumers see it: the newest events in memory, told by the commit pipeline after COMMIT,
/// and where each consumer stands. A consumer whose position lies outside memory reads the table until it has caught up.
/// </summary>
internal sealed class PartitionFeed
{
    private const int TrimEvery = 64;

    /// <summary>A page that another consumer asked for may end before what was told since; more empty ones mean that the table lacks it.</summary>
    private const int MaxEmptyReads = 3;

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<Consumer> _consumers;
    private readonly ConsumerSlot[] _slots;
    private readonly EventRing _ring;
    private readonly List<Waiter> _waiters = [];
    private readonly PageCache _pages;
    private long _last;
    private bool _ready;

    public PartitionFeed(short partition, int generation, IReadOnlyList<Consumer> consumers, PageCache pages, int tailEvents)
    {
        Partition = partition;
        Generation = generation;
        _consumers = consumers;
        _pages = pages;
        _ring = new EventRing(tailEvents);
        _slots = new ConsumerSlot[consumers.Count];
        for (var i = 0; i < _slots.Length; i++)
            _slots[i].TableUpTo = long.MaxValue;
    }

    public short Partition { get; }

    public int Generation { get; }

    /// <summary>Set when the partition is owned no more: nothing taken from here may be written after.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Takes the positions found in the table at take-over and lets the consumers go.</summary>
    public void Start(ReadOnlySpan<long> positions, long lastInTable)
    {
        lock (_gate)
        {
            _last = Math.Max(_last, lastInTable);
            for (var i = 0; i < _slots.Length; i++)
            {
                ref var slot = ref _slots[i];
                slot.Stored = slot.Done = slot.Read = positions[i];
                if (positions[i] >= lastInTable)
                    ReachedTableEnd(ref slot, positions[i]);
            }

            _ready = true;
            ReleaseWaiters();
        }

        WakeAll();
    }

    public void Stop()
    {
        lock (_gate)
        {
            IsStopped = true;
            _ring.Clear();
            foreach (var waiter in _waiters)
                waiter.Done.TrySetResult(false);
            _waiters.Clear();
        }
    }

    /// <summary>One durable event, from the commit pipeline.</summary>
    public void Append(RecordedEvent recorded)
    {
        var seq = recorded.Position.Seq;
        lock (_gate)
        {
            if (IsStopped || seq <= _last && _ready)
                return;
            if (_ring.Count > 0 && seq != _ring.First + _ring.Count || _ring.Count == 0 && _ready && seq != _last + 1)
                StartOver(seq);

            for (var i = 0; i < _slots.Length; i++)
            {
                ref var slot = ref _slots[i];
                if (slot.IsUpToDate)
                    slot.Done = slot.Read = Math.Max(slot.Read, _last);
                if (!_consumers[i].EventTypes.Contains(recorded.Type))
                    continue;
                slot.LastWanted = seq;
                WakeLocked(i);
            }

            _ring.Append(recorded);
            _last = seq;

            if (_ring.Count % TrimEvery == 0 || _ring.IsOverfull)
                Trim();
            ReleaseWaiters();
        }
    }

    /// <summary>The table may hold events that were never told: every consumer reads it again from where it stands.</summary>
    public void Distrust()
    {
        lock (_gate)
        {
            for (var i = 0; i < _slots.Length; i++)
                _slots[i].TableUpTo = long.MaxValue;
        }

        _pages.Clear();
        WakeAll();
    }

    /// <summary>What the table holds at least; more than was told means that something was missed.</summary>
    public void CompareWithTable(long lastInTable)
    {
        bool missed;
        lock (_gate)
        {
            missed = _ready && lastInTable > _last;
            for (var i = 0; i < _slots.Length; i++)
            {
                if (!_slots[i].ReadsMemory)
                    WakeLocked(i);
            }
        }

        if (missed)
            Distrust();
    }

    /// <summary>
    /// Hands out wanted events that the consumer has not had, up to about <paramref name="max"/>, and says how far the log was looked through;
    /// null when there is nothing to look through.
    /// </summary>
    public async ValueTask<long?> TakeAsync(int consumer, int max, List<RecordedEvent> into, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxEmptyReads; attempt++)
        {
            long after;
            lock (_gate)
            {
                ref var slot = ref _slots[consumer];
                slot.Queued = false;
                if (IsStopped || !_ready)
                    return null;
                if (slot.ReadsMemory)
                    return TakeFromMemory(consumer, ref slot, max, into);
                after = slot.Read;
            }

            var page = await _pages.ReadAsync(Partition, after, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                if (IsStopped)
                    return null;
                var scanned = TakeFromPage(consumer, ref _slots[consumer], page, into);
                ReleaseWaiters();
                if (scanned is not null)
                    return scanned;
            }
        }

        // The table holds less than was told to be durable. The sweep looks again.
        return null;
    }

    /// <summary>Every wanted event up to <paramref name="seq"/> has been handled.</summary>
    public void Complete(int consumer, long seq)
    {
        lock (_gate)
        {
            ref var slot = ref _slots[consumer];
            slot.Done = Math.Max(slot.Done, seq);
            ReleaseWaiters();
        }
    }

    /// <summary>The table says otherwise: another process moved the cursor, or a COMMIT whose answer was lost did happen.</summary>
    public void Resume(int consumer, long stored)
    {
        lock (_gate)
        {
            ref var slot = ref _slots[consumer];
            slot.Stored = slot.Done = slot.Read = stored;
            slot.TableUpTo = long.MaxValue;
            ReleaseWaiters();
            WakeLocked(consumer);
        }
    }

    /// <summary>Puts the feed into the consumer's queue again, after a read that failed.</summary>
    public void Wake(int consumer)
    {
        lock (_gate)
            WakeLocked(consumer);
    }

    public void SetStored(int consumer, long seq)
    {
        lock (_gate)
            _slots[consumer].Stored = seq;
    }

    public long GetStored(int consumer)
    {
        lock (_gate)
            return _slots[consumer].Stored;
    }

    /// <summary>
    /// The move that the stored position may make, or null. A consumer that merely had nothing to do is stored seldom:
    /// all it saves is looking through those events again after a restart.
    /// </summary>
    public CursorMove? GetMove(int consumer, long skipAtLeast)
    {
        lock (_gate)
        {
            ref var slot = ref _slots[consumer];
            var passed = slot.IsUpToDate ? Math.Max(_last, slot.Done) : slot.Done;
            return !IsStopped && _ready && (slot.Done > slot.Stored || passed - slot.Stored >= skipAtLeast) && passed > slot.Stored
                ? new CursorMove(_consumers[consumer].Name, Partition, slot.Stored, passed)
                : null;
        }
    }

    /// <summary>How many events of the log the consumer has not passed.</summary>
    public long GetLag(int consumer)
    {
        lock (_gate)
        {
            ref var slot = ref _slots[consumer];
            return slot.IsUpToDate || !_ready ? 0 : Math.Max(0, _last - slot.Done);
        }
    }

    /// <summary>True once all the given consumers have passed the position; false when the partition was lost first.</summary>
    public Task<bool> WaitAsync(long seq, IReadOnlyList<int> consumers, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (IsStopped)
                return Task.FromResult(false);
            if (HavePassed(seq, consumers))
                return Task.FromResult(true);
            var waiter = new Waiter(seq, consumers);
            _waiters.Add(waiter);
            return WaitAsync(waiter, cancellationToken);
        }
    }

    private async Task<bool> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        try
        {
            return await waiter.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _waiters.Remove(waiter);
        }
    }

    private long? TakeFromMemory(int consumer, ref ConsumerSlot slot, int max, List<RecordedEvent> into)
    {
        if (slot.LastWanted <= slot.Read || _ring.Count == 0)
            return null;

        var types = _consumers[consumer].EventTypes;
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
        if (slot.LastWanted > slot.Read)
            WakeLocked(consumer);
        return slot.Read;
    }

    private long? TakeFromPage(int consumer, ref ConsumerSlot slot, EventPage page, List<RecordedEvent> into)
    {
        var before = slot.Read;
        var types = _consumers[consumer].EventTypes;
        foreach (var recorded in page.Events)
        {
            if (recorded.Position.Seq <= slot.Read || !types.Contains(recorded.Type))
                continue;
            into.Add(recorded);
            slot.LastWanted = Math.Max(slot.LastWanted, recorded.Position.Seq);
        }

        slot.Read = Math.Max(slot.Read, page.End);
        if (page.IsEnd)
            ReachedTableEnd(ref slot, slot.Read);
        if (slot.Read == before)
            return null;
        if (!slot.ReadsMemory || slot.LastWanted > slot.Read)
            WakeLocked(consumer);
        return slot.Read;
    }

    /// <summary>Joins memory where it begins at or below the next event; else the table has more by now.</summary>
    private void ReachedTableEnd(ref ConsumerSlot slot, long end)
    {
        _last = Math.Max(_last, end);
        slot.TableUpTo = _ring.Count == 0 || _ring.First <= end + 1
            ? (_ring.Count == 0 && _last > end ? _last : end)
            : _ring.First - 1;
    }

    private void StartOver(long seq)
    {
        _ring.Clear();
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].TableUpTo != long.MaxValue)
                _slots[i].TableUpTo = seq - 1;
            WakeLocked(i);
        }
    }

    private void Trim()
    {
        var passed = long.MaxValue;
        for (var i = 0; i < _slots.Length; i++)
        {
            ref var slot = ref _slots[i];
            if (!(slot.ReadsMemory && slot.LastWanted <= slot.Read) && slot.TableUpTo != long.MaxValue)
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
            if (slot.Read < evicted.Position.Seq && _consumers[i].EventTypes.Contains(evicted.Type))
                slot.TableUpTo = Math.Max(slot.TableUpTo, evicted.Position.Seq);
        }
    }

    private bool HavePassed(long seq, IReadOnlyList<int> consumers)
    {
        foreach (var consumer in consumers)
        {
            ref var slot = ref _slots[consumer];
            if (slot.Done < seq && !(slot.IsUpToDate && _last >= seq))
                return false;
        }

        return _ready;
    }

    private void ReleaseWaiters()
    {
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (HavePassed(_waiters[i].Seq, _waiters[i].Consumers))
            {
                _waiters[i].Done.TrySetResult(true);
                _waiters.RemoveAt(i);
            }
        }
    }

    private void WakeAll()
    {
        lock (_gate)
        {
            for (var i = 0; i < _slots.Length; i++)
                WakeLocked(i);
        }
    }

    private void WakeLocked(int consumer)
    {
        if (!_ready || IsStopped || _slots[consumer].Queued)
            return;
        _slots[consumer].Queued = true;
        _consumers[consumer].Enqueue(this);
    }

    private sealed record Waiter(long Seq, IReadOnlyList<int> Consumers)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
