using AwoooP.Journal.Intake.Sql;

namespace AwoooP.Journal.Intake;

/// <summary>
/// The records of one partition and kind that are not worked off: the oldest in memory, and, when they are too many, the rest in the table.
/// </summary>
internal sealed class IntakeStream
{
    private readonly Lock _gate = new();
    private readonly Queue<IntakeRecord> _memory = new();
    private readonly Signal _added = new();
    private readonly Signal _filled = new();
    private readonly IntakeLag _lag;
    private readonly IIntakeReader _reader;
    private readonly IntakeOptions _options;
    private bool _isStopped;
    private long _memoryBytes;
    private long _done;

    /// <summary>Everything up to here was handed out.</summary>
    private long _taken;

    /// <summary>Records up to here that are not in memory must be read from the table first.</summary>
    private long _tableUpTo;

    private long _memoryItems;
    private long _tableItems;
    private long _takenItems;

    /// <summary>UTC ticks, 0 for none: in one piece, since it is read without the lock.</summary>
    private long _oldestReceived;

    /// <summary>Their sum, as it stands in the lag of all streams.</summary>
    private long _items;

    /// <param name="taken">What the table says of the stream when its partition is taken.</param>
    /// <param name="head">The last number of the partition, of whatever kind.</param>
    public IntakeStream(TakenStream taken, long head, IntakeLag lag, IIntakeReader reader, IntakeOptions options)
    {
        Partition = taken.Partition;
        Kind = taken.Kind;
        Stored = _done = _taken = taken.Position;
        _tableUpTo = head;
        _tableItems = taken.Items;
        _lag = lag;
        _reader = reader;
        _options = options;
        Count();
    }

    public short Partition { get; }

    public string Kind { get; }

    /// <summary>Items accepted and not worked off.</summary>
    public long LagItems => Interlocked.Read(ref _items);

    /// <summary>Everything up to here is worked off.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>The position in journal.cursor; only the storing loop touches it.</summary>
    public long Stored { get; set; }

    /// <summary>When the oldest record that is not worked off was accepted, as far as memory tells.</summary>
    public DateTimeOffset? OldestReceivedAt => Interlocked.Read(ref _oldestReceived) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public int Failures { get; set; }

    /// <summary>The record is durable. Told in order.</summary>
    public void Add(IntakeRecord record)
    {
        lock (_gate)
        {
            // A page that was read between its commit and this moment has handed it out.
            if (_isStopped || record.Seq <= _taken)
                return;

            // Behind what only the table holds nothing may stand in memory.
            if (_tableUpTo > _taken || (_memory.Count > 0 && _memoryBytes + record.Payload.Length > _options.MemoryBytes))
            {
                _tableUpTo = record.Seq;
                _tableItems += record.Items;
            }
            else
            {
                _memory.Enqueue(record);
                _memoryBytes += record.Payload.Length;
                _memoryItems += record.Items;
            }

            Count();
        }

        _added.Set();
        if (IsFull)
            _filled.Set();
    }

    /// <summary>The partition is lost: its lag is another's, and what is told or completed from here on no longer counts.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Count();
        }
    }

    /// <summary>Lets the next batch grow until a full one waits, or for so long: many small ones would cost a consumer far more.</summary>
    public async Task GatherAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero || IsFull)
            return;

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var passed = Task.Delay(atMost, time, ending.Token);
        while (!IsFull && !passed.IsCompleted)
            await Task.WhenAny(passed, _filled.WaitAsync(ending.Token).AsTask());

        await ending.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The next batch; waits until there is one.</summary>
    public async ValueTask<List<IntakeRecord>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            long after, upTo;
            lock (_gate)
            {
                if (_memory.Count > 0)
                    return TakeFromMemory();
                (after, upTo) = (_taken, _tableUpTo);
                if (upTo <= after)
                    Interlocked.Exchange(ref _oldestReceived, 0);
            }

            if (upTo <= after)
            {
                await _added.WaitAsync(cancellationToken);
                continue;
            }

            var page = await _reader.ReadAsync(Partition, Kind, after, _options.ConsumeItems, _options.ConsumeBytes, cancellationToken);
            Take(page, upTo);
            if (page.Count > 0)
                return page;
        }
    }

    public void Complete(IReadOnlyList<IntakeRecord> records)
    {
        lock (_gate)
        {
            _takenItems -= records.Sum(static record => (long)record.Items);
            Count();
        }

        Interlocked.Exchange(ref _done, records[^1].Seq);
    }

    private bool IsFull => LagItems >= _options.ConsumeItems;

    private List<IntakeRecord> TakeFromMemory()
    {
        var batch = new List<IntakeRecord>();
        var items = 0;
        var bytes = 0;
        while (_memory.TryPeek(out var record)
            && (batch.Count == 0 || (items + record.Items <= _options.ConsumeItems && bytes + record.Payload.Length <= _options.ConsumeBytes)))
        {
            _memory.Dequeue();
            batch.Add(record);
            items += record.Items;
            bytes += record.Payload.Length;
        }

        _memoryBytes -= bytes;
        _memoryItems -= items;
        _takenItems += items;
        _taken = batch[^1].Seq;
        Interlocked.Exchange(ref _oldestReceived, batch[0].ReceivedAt.UtcTicks);
        return batch;
    }

    /// <param name="upTo">How far the table had to be read when the page was asked for; what was told since, an empty page may not have seen.</param>
    private void Take(List<IntakeRecord> page, long upTo)
    {
        lock (_gate)
        {
            // Empty: the numbers up to there belong to other kinds, or to appends that failed.
            _taken = page.Count > 0 ? page[^1].Seq : upTo;
            if (page.Count > 0)
                Interlocked.Exchange(ref _oldestReceived, page[0].ReceivedAt.UtcTicks);

            // A page may hold records that nobody told of: not yet, or never, since the answer to their append was lost.
            var items = page.Sum(static record => (long)record.Items);
            _takenItems += items;
            _tableItems = _taken >= _tableUpTo ? 0 : Math.Max(0, _tableItems - items);
            Count();
        }
    }

    private void Count()
    {
        var items = _isStopped ? 0 : _memoryItems + _tableItems + _takenItems;
        _lag.Add(items - _items);
        Interlocked.Exchange(ref _items, items);
    }
}
