using System.Threading.Channels;
using AwoooP.Journal.Intake.Sql;

namespace AwoooP.Journal.Intake;

/// <summary>
/// The records of one partition and kind that are not worked off: the oldest in memory, and, when they are too many, the rest in the table.
/// </summary>
internal sealed class IntakeStream(short partition, string kind, long position, long head, long items, IntakeLag lag, ReadIntake read, IntakeOptions options)
{
    private readonly Lock _gate = new();
    private readonly Queue<IntakeRecord> _memory = new();
    private readonly Channel<byte> _signal = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _isStopped;
    private long _bytes;
    private long _taken = position;

    /// <summary>Records up to here that are not in memory must be read from the table first.</summary>
    private long _tableUpTo = head > position ? head : 0;

    private long _items = items;
    private long _done = position;

    public short Partition { get; } = partition;

    public string Kind { get; } = kind;

    /// <summary>Items accepted and not worked off.</summary>
    public long LagItems => Interlocked.Read(ref _items);

    /// <summary>Everything up to here is worked off.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>The position in journal.cursor; only the storing loop touches it.</summary>
    public long Stored { get; set; } = position;

    /// <summary>When the oldest record that is not worked off was accepted, as far as memory tells.</summary>
    public DateTimeOffset? OldestReceivedAt { get; private set; }

    public int Failures { get; set; }

    public void Add(IntakeRecord record)
    {
        Interlocked.Add(ref _items, record.Items);
        lag.Add(record.Items);
        lock (_gate)
        {
            // Behind what only the table holds nothing may stand in memory.
            if (_tableUpTo > _taken || _bytes + record.Payload.Length > options.MemoryBytes && _memory.Count > 0)
            {
                _tableUpTo = record.Seq;
            }
            else
            {
                _memory.Enqueue(record);
                _bytes += record.Payload.Length;
            }
        }

        _signal.Writer.TryWrite(0);
    }

    /// <summary>The partition is lost: whoever waits for the next batch is told by an <see cref="OperationCanceledException"/>.</summary>
    public void Stop()
    {
        // What is being consumed at this moment is counted off here, and not again when it is done.
        _isStopped = true;
        lag.Add(-Interlocked.Exchange(ref _items, 0));
        _signal.Writer.TryComplete(new OperationCanceledException());
    }

    /// <summary>The next batch; waits until there is one.</summary>
    public async ValueTask<List<IntakeRecord>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            long after;
            lock (_gate)
            {
                if (_memory.Count > 0)
                    return TakeFromMemory();
                after = _taken;
                if (_tableUpTo <= _taken)
                {
                    OldestReceivedAt = null;
                    after = -1;
                }
            }

            if (after < 0)
            {
                await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            var page = await read.ExecuteAsync(Partition, Kind, after, options.ConsumeItems, options.ConsumeBytes, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                // Nothing between: those numbers belong to other kinds, or to appends that failed.
                _taken = page.Count > 0 ? page[^1].Seq : _tableUpTo;
            }

            if (page.Count == 0)
                continue;
            OldestReceivedAt = page[0].ReceivedAt;
            return page;
        }
    }

    public void Complete(IReadOnlyList<IntakeRecord> records)
    {
        long items = 0;
        foreach (var record in records)
            items += record.Items;
        if (!_isStopped)
        {
            Interlocked.Add(ref _items, -items);
            lag.Add(-items);
        }

        Interlocked.Exchange(ref _done, records[^1].Seq);
    }

    private List<IntakeRecord> TakeFromMemory()
    {
        var batch = new List<IntakeRecord>();
        var items = 0;
        var bytes = 0;
        while (_memory.TryPeek(out var record)
            && (batch.Count == 0 || items + record.Items <= options.ConsumeItems && bytes + record.Payload.Length <= options.ConsumeBytes))
        {
            _memory.Dequeue();
            batch.Add(record);
            items += record.Items;
            bytes += record.Payload.Length;
        }

        _bytes -= bytes;
        _taken = batch[^1].Seq;
        OldestReceivedAt = batch[0].ReceivedAt;
        return batch;
    }
}
