using AwoooP.Journal.Delivery.Sql;

namespace AwoooP.Journal.Delivery.Feed;

/// <summary>
/// One owned partition as its consumers see it: the newest events in memory, told by the commit pipeline after COMMIT, the others in the
/// table. Whoever has something to look through finds the feed in its queue, once at most.
/// </summary>
internal sealed class PartitionFeed
{
    /// <summary>A page that another consumer asked for may end before what was told since; more empty ones mean that the table lacks it.</summary>
    private const int MaxEmptyReads = 3;

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<Consumer> _consumers;
    private readonly bool[] _queued;
    private readonly FeedMemory _memory;
    private readonly FeedWaiters _waiters = new();
    private readonly PageCache _pages;
    private int _distrusts;
    private bool _ready;

    public PartitionFeed(
        short partition, int generation, IReadOnlyList<Consumer> consumers, PageCache pages, int tailEvents, IKnownEvents known)
    {
        Partition = partition;
        Generation = generation;
        _consumers = consumers;
        _pages = pages;
        _memory = new FeedMemory(consumers, tailEvents, known, WakeLocked);
        _queued = new bool[consumers.Count];
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
            _ready = true;
            _memory.Start(positions, lastInTable);
            ReleaseWaiters();
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            IsStopped = true;
            _memory.Forget();
            _waiters.Abandon();
        }
    }

    /// <summary>One durable event, from the commit pipeline.</summary>
    public void Append(RecordedEvent recorded)
    {
        lock (_gate)
        {
            if (!IsStopped && _memory.Append(recorded))
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
            _memory.Distrust();
        }
    }

    /// <summary>What the table holds at least; more than was told means that something was missed.</summary>
    public void CompareWithTable(long lastInTable)
    {
        lock (_gate)
        {
            // An event that holds everybody back here may have left the log since, with its tenant.
            _pages.Clear();
            if (_ready)
                _memory.NoteInTable(lastInTable);
            _memory.WakeReadersOfTable();
        }
    }

    /// <summary>
    /// Hands out wanted events that the consumer has not had, up to about <paramref name="max"/>, and says how far the log was looked through;
    /// null when there is nothing to look through.
    /// </summary>
    /// <exception cref="UnknownEventException">The next event is of a newer build, and nobody passes it here.</exception>
    public async ValueTask<long?> TakeAsync(int consumer, int max, List<RecordedEvent> into, CancellationToken cancellationToken)
    {
        var (told, before) = (0L, 0);
        for (var attempt = 0; attempt < MaxEmptyReads; attempt++)
        {
            long after;
            int distrusts;
            lock (_gate)
            {
                _queued[consumer] = false;
                if (attempt == 0)
                    (told, before) = (_memory.First - 1, _distrusts);
                if (IsStopped || !_ready)
                    return null;
                if (_memory.ReadsTableAfter(consumer) is not { } read)
                    return _memory.Take(consumer, max, into);
                after = read;
                distrusts = _distrusts;
            }

            var page = await _pages.ReadAsync(Partition, after, cancellationToken);
            lock (_gate)
            {
                if (IsStopped)
                    return null;
                var scanned = _memory.TakePage(consumer, page, isEnd: page.IsEnd && distrusts == _distrusts, into);

                // Nobody is behind any more: the last page would stand there until the next time.
                if (!_memory.AnyReadsTable())
                    _pages.Clear();
                ReleaseWaiters();
                if (scanned is not null)
                    return scanned;
            }
        }

        // The last of these reads began after what was told before the first was durable, and found nothing of it: it has left the log with its tenant.
        lock (_gate)
            return IsStopped || before != _distrusts ? null : _memory.PassGap(consumer, told);
    }

    /// <summary>Every wanted event up to <paramref name="seq"/> has been handled.</summary>
    public void Complete(int consumer, long seq)
    {
        lock (_gate)
        {
            _memory.Complete(consumer, seq);
            ReleaseWaiters();
        }
    }

    /// <summary>The table says otherwise: another process moved the cursor, or a COMMIT whose answer was lost did happen.</summary>
    public void Resume(int consumer, long stored)
    {
        lock (_gate)
        {
            _memory.Resume(consumer, stored);
            ReleaseWaiters();
        }
    }

    public void SetStored(int consumer, long seq)
    {
        lock (_gate)
            _memory.SetStored(consumer, seq);
    }

    public long GetStored(int consumer)
    {
        lock (_gate)
            return _memory.GetStored(consumer);
    }

    /// <summary>
    /// The move that the stored position may make, or null. A consumer that merely had nothing to do is stored seldom:
    /// all it saves is looking through those events again after a restart.
    /// </summary>
    public CursorMove? GetMove(int consumer, long skipAtLeast)
    {
        lock (_gate)
        {
            return !IsStopped && _ready && _memory.GetMove(consumer, skipAtLeast) is { } move
                ? new CursorMove(_consumers[consumer].Name, Partition, move.From, move.To)
                : null;
        }
    }

    /// <summary>How many events of the log the consumer has not passed.</summary>
    public long GetLag(int consumer)
    {
        lock (_gate)
            return _ready ? _memory.GetLag(consumer) : 0;
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
            return await waiter.Done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
                _waiters.Remove(waiter);
        }
    }

    private bool HaveCome(FeedWaiter waiter)
    {
        foreach (var consumer in waiter.Consumers)
        {
            if (!_memory.HasPassed(consumer, waiter.Seq))
                return false;
        }

        return _ready;
    }

    private void ReleaseWaiters() => _waiters.Release(HaveCome);

    private void WakeLocked(int consumer)
    {
        if (!_ready || IsStopped || _queued[consumer])
            return;
        _queued[consumer] = true;
        _consumers[consumer].Enqueue(this);
    }
}
