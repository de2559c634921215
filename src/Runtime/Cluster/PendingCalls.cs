using AwoooP.Runtime.Calls;

namespace AwoooP.Runtime.Cluster;

/// <summary>The calls that were sent over one link and not answered yet. An id is used once: its upper half counts the uses of its place.</summary>
internal sealed class PendingCalls
{
    private readonly Lock _gate = new();
    private readonly Stack<int> _free = new();
    private Place[] _places = new Place[64];
    private int _used;
    private int _count;
    private bool _isClosed;

    public int Count => Volatile.Read(ref _count);

    /// <returns>False when the link has ended.</returns>
    public bool TryAdd(Request request, out long id)
    {
        lock (_gate)
        {
            id = 0;
            if (_isClosed)
                return false;
            if (!_free.TryPop(out var index))
            {
                index = _used++;
                if (index == _places.Length)
                    Array.Resize(ref _places, index * 2);
            }

            ref var place = ref _places[index];
            place.Request = request;
            id = ((long)++place.Uses << 32) | (uint)index;
            _count++;
            return true;
        }
    }

    /// <returns>Null when it was answered or given up already.</returns>
    public Request? Take(long id)
    {
        var index = (int)(id & uint.MaxValue);
        lock (_gate)
        {
            if ((uint)index >= (uint)_used)
                return null;
            ref var place = ref _places[index];
            if (place.Uses != (uint)(id >> 32) || place.Request is not { } request)
                return null;
            place.Request = null;
            _free.Push(index);
            _count--;
            return request;
        }
    }

    /// <summary>The link has ended: none is added any more, and those that are left are the caller's to deal with.</summary>
    public IReadOnlyList<Request> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            var left = _places.Take(_used).Where(static place => place.Request is not null).Select(static place => place.Request!).ToList();
            _places = [];
            _used = 0;
            _count = 0;
            return left;
        }
    }

    private struct Place
    {
        public Request? Request;
        public uint Uses;
    }
}
