using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>The calls that were sent over one link and not answered yet. An id is used once: its upper half counts the uses of its place.</summary>
internal sealed class PendingCalls(int limit)
{
    private readonly Lock _gate = new();
    private readonly Stack<int> _free = new();
    private Place[] _places = new Place[64];
    private int _used;
    private int _count;
    private bool _isClosed;

    /// <summary>Gives the call its id.</summary>
    public SendResult Add(SentCall call)
    {
        lock (_gate)
        {
            if (_isClosed)
                return SendResult.Closed;
            if (_count == limit)
                return SendResult.Full;
            if (!_free.TryPop(out var index))
            {
                index = _used++;
                if (index == _places.Length)
                    Array.Resize(ref _places, index * 2);
            }

            ref var place = ref _places[index];
            place.Call = call;
            call.Id = ((long)++place.Uses << 32) | (uint)index;
            _count++;
            return SendResult.Queued;
        }
    }

    /// <returns>Null when it was answered or given up already.</returns>
    public SentCall? Take(long id)
    {
        var index = (int)(id & uint.MaxValue);
        lock (_gate)
        {
            if ((uint)index >= (uint)_used)
                return null;
            ref var place = ref _places[index];
            if (place.Uses != (uint)(id >> 32) || place.Call is not { } call)
                return null;
            place.Call = null;
            _free.Push(index);
            _count--;
            return call;
        }
    }

    /// <summary>The link has ended: none is added any more, and those that are left are the caller's to deal with.</summary>
    public IReadOnlyList<SentCall> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            var left = _places.Take(_used).Where(static place => place.Call is not null).Select(static place => place.Call!).ToList();
            _places = [];
            _used = 0;
            _count = 0;
            return left;
        }
    }

    private struct Place
    {
        public SentCall? Call;
        public uint Uses;
    }
}
