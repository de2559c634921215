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
    private readonly FeedWaiters _waiters = new();
    private readonly PageCache _pages;
    private int _distrusts;
    private bool _ready;

    public PartitionFeed(short partition, int generation, IReadOnlyList<Consumer> consumers, PageCache pages, int tailEvents)
    {
        Partition = partition;
        Generation = generation;
        _consumers = consumers;
        _pages = pages;
        _ring = new EventRing(tailEvents);
        _slots = new ConsumerSlot[consumers.Count];
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
            if (lastInTable > _ring.Last)
                _ring.StartAfter(lastInTable);
            _ready = true;
            for (var i = 0; i < _slots.Length; i++)
            {
                ref var slot = ref _slots[i];
                slot.Stored = slot.Done = slot.Read = positions[i];
                slot.TableUpTo = _ring.First - 1;
                WakeLocked(i);
            }

            ReleaseWaiters();
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            IsStopped = true;
            _ring.StartAfter(_ring.Last);
            _waiters.Abandon();
        }
    }

    /// <summary>One durable event, from the commit pipeline.</summary>
    public void Append(RecordedEvent recorded)
    {
        var seq = recorded.Position.Seq;
        lock (_gate)
        {
            if (IsStopped || seq <= _ring.Last)
                return;
            if (seq != _ring.Last + 1)
                StartMemoryAt(seq);

            for (var i = 0; i < _slots.Length; i++)
            {
                ref var slot = ref _slots[i];
                if (slot.IsUpToDate)
                    slot.Done = slot.Read = Math.Max(slot.Read, _ring.Last);
                if (!_consumers[i].EventTypes.Contains(recorded.Type))
                    continue;
                slot.LastWanted = Math.Max(slot.LastWanted, seq);
                WakeLocked(i);
            }

            _ring.Append(recorded);
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
            // Pages that were begun before say nothing of what the table holds now.
            _distrusts++;
            _pages.Clear();
            for (var i = 0; i < _slots.Length; i++)
            {
                _slots[i].TableUpTo = long.MaxValue;
                WakeLocked(i);
            }
        }
    }

    /// <summary>What the table holds at least; more than was told means that something was missed.</summary>
    public void CompareWithTable(long lastInTable)
    {
        lock (_gate)
        {
            if (_ready && lastInTable > _ring.Last)
                StartMemoryAt(lastInTable + 1);
            for (var i = 0; i < _slots.Length; i++)
            {
                if (!_slots[i].ReadsMemory)
                    WakeLocked(i);
            }
        }
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
            int distrusts;
            lock (_gate)
            {
                ref var slot = ref _slots[consumer];
                slot.Queued = false;
                if (IsStopped || !_ready)
                    return null;
                if (slot.ReadsMemory)
                    return TakeFromMemory(consumer, ref slot, max, into);
                after = slot.Read;
                distrusts = _distrusts;
            }

            var page = await _pages.ReadAsync(Partition, after, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                if (IsStopped)
                    return null;
                var scanned = TakeFromPage(consumer, ref _slots[consumer], page, isEnd: page.IsEnd && distrusts == _distrusts, into);
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
            var passed = slot.IsUpToDate ? Math.Max(_ring.Last, slot.Done) : slot.Done;
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
            return slot.IsUpToDate || !_ready ? 0 : Math.Max(0, _ring.Last - slot.Done);
        }
    }

    /// <summary>True once all the given consumers have passed the position; false when the partition was lost first.</summary>
    public Task<bool> WaitAsync(long seq, IReadOnlyList<int> consumers, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (IsStopped)
                return Task.FromResult(false);
            var waiter = new FeedWaiter(seq, consumers);
            if (HaveCome(waiter))
                return Task.FromResult(true);
            _waiters.Add(waiter);
            return WaitAsync(waiter, cancellationToken);
        }
    }

    private async Task<bool> WaitAsync(FeedWaiter waiter, CancellationToken cancellationToken)
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

    private long? TakeFromPage(int consumer, ref ConsumerSlot slot, EventPage page, bool isEnd, List<RecordedEvent> into)
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

        // The table may be ahead of what was told: the rest is told yet, and memory must go on taking it for the others.
        if (isEnd)
            slot.TableUpTo = _ring.First - 1;
        if (slot.Read == before)
            return null;
        if (!slot.ReadsMemory || slot.LastWanted > slot.Read)
            WakeLocked(consumer);
        return slot.Read;
    }

    /// <summary>What came before was not told, or not kept: who has not had it finds it in the table.</summary>
    private void StartMemoryAt(long seq)
    {
        _ring.StartAfter(seq - 1);
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

    private bool HaveCome(FeedWaiter waiter)
    {
        foreach (var consumer in waiter.Consumers)
        {
            ref var slot = ref _slots[consumer];
            if (slot.Done < waiter.Seq && !(slot.IsUpToDate && _ring.Last >= waiter.Seq))
                return false;
        }

        return _ready;
    }

    private void ReleaseWaiters() => _waiters.Release(HaveCome);

    private void WakeLocked(int consumer)
    {
        if (!_ready || IsStopped || _slots[consumer].Queued)
            return;
        _slots[consumer].Queued = true;
        _consumers[consumer].Enqueue(this);
    }
}
