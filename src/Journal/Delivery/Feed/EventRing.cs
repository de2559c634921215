namespace AwoooP.Journal.Delivery.Feed;

/// <summary>The newest events of one partition, without gaps, found by sequence number. Not thread-safe.</summary>
internal sealed class EventRing(int capacity)
{
    /// <summary>16 MiB: events may be 256 KiB each, so a count alone is no bound.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    private RecordedEvent?[] _items = new RecordedEvent?[16];
    private int _head;
    private long _bytes;

    public int Count { get; private set; }

    /// <summary>Sequence number of the oldest event kept; meaningless while empty.</summary>
    public long First { get; private set; }

    public bool IsOverfull => Count > capacity || (_bytes > MaxBytes && Count > 1);

    public RecordedEvent this[long seq] => _items[(_head + (int)(seq - First)) & (_items.Length - 1)]!;

    public void Append(RecordedEvent recorded)
    {
        if (Count == 0)
            First = recorded.Position.Seq;
        if (Count == _items.Length)
            Grow();
        _items[(_head + Count) & (_items.Length - 1)] = recorded;
        _bytes += recorded.Data.Length;
        Count++;
    }

    public RecordedEvent RemoveFirst()
    {
        var removed = _items[_head]!;
        _items[_head] = null;
        _head = (_head + 1) & (_items.Length - 1);
        _bytes -= removed.Data.Length;
        First++;
        Count--;
        return removed;
    }

    public void Clear()
    {
        Array.Clear(_items);
        _head = 0;
        _bytes = 0;
        Count = 0;
    }

    private void Grow()
    {
        var larger = new RecordedEvent?[_items.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = _items[(_head + i) & (_items.Length - 1)];
        _items = larger;
        _head = 0;
    }
}
