namespace AwoooP.Journal.Delivery.Feed;

/// <summary>The newest events of one partition as they were told, without gaps, found by sequence number. Not thread-safe.</summary>
internal sealed class EventRing(int capacity)
{
    /// <summary>
    /// 1 MiB: events may be 256 KiB each, so a count alone is no bound. A consumer that is away fills the rings of all partitions, which
    /// then hold a quarter GiB together.
    /// </summary>
    private const long MaxBytes = 1024 * 1024;

    private RecordedEvent?[] _items = new RecordedEvent?[16];
    private int _head;
    private long _bytes;

    public int Count { get; private set; }

    /// <summary>The newest event that was told, whether it is kept or not; the next one follows it.</summary>
    public long Last { get; private set; }

    /// <summary>Memory holds everything told from here on; while it is empty, that is the next event.</summary>
    public long First => Last - Count + 1;

    public bool IsOverfull => Count > capacity || (_bytes > MaxBytes && Count > 1);

    public RecordedEvent this[long seq] => _items[(_head + (int)(seq - First)) & (_items.Length - 1)]!;

    /// <summary>The event after <see cref="Last"/>.</summary>
    public void Append(RecordedEvent recorded)
    {
        if (Count == _items.Length)
            Grow();
        _items[(_head + Count) & (_items.Length - 1)] = recorded;
        _bytes += recorded.Data.Length;
        Count++;
        Last = recorded.Position.Seq;
    }

    public RecordedEvent RemoveFirst()
    {
        var removed = _items[_head]!;
        _items[_head] = null;
        _head = (_head + 1) & (_items.Length - 1);
        _bytes -= removed.Data.Length;
        Count--;
        return removed;
    }

    /// <summary>Forgets everything; the next event is the one after <paramref name="last"/>.</summary>
    public void StartAfter(long last)
    {
        Array.Clear(_items);
        _head = 0;
        _bytes = 0;
        Count = 0;
        Last = last;
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
