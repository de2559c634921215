namespace AwoooP.Runtime.Activations;

/// <summary>A ring that allocates nothing until used: most activations are idle most of the time.</summary>
internal struct WorkQueue
{
    private const int FirstCapacity = 4;
    private Work[]? _items;
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(in Work work)
    {
        if (_items is null || Count == _items.Length)
            Grow();
        _items![(_head + Count) & (_items.Length - 1)] = work;
        Count++;
    }

    public bool TryDequeue(out Work work)
    {
        if (Count == 0)
        {
            work = default;
            return false;
        }

        ref var item = ref _items![_head];
        work = item;
        item = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return true;
    }

    private void Grow()
    {
        var items = new Work[_items is null ? FirstCapacity : _items.Length * 2];
        for (var index = 0; index < Count; index++)
            items[index] = _items![(_head + index) & (_items.Length - 1)];
        _items = items;
        _head = 0;
    }
}
