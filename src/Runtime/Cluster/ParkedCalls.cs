using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Cluster;

/// <summary>Calls that wait for a silo to own their grain, in their order.</summary>
internal sealed class ParkedCalls(TimingWheel wheel, EngineOptions options, Action<Request> redispatch) : IWheelEntry
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private List<Request> _parked = [];
    private bool _isLookDue;
    private bool _isUnparking;

    public int Count
    {
        get
        {
            lock (_gate)
                return _parked.Count;
        }
    }

    bool IWheelEntry.IsDone => false;

    public void Park(Request request)
    {
        if (request.ParkedUntil(options.ParkLimit) < wheel.Now)
        {
            request.Refuse(new GrainUnplacedException(request.TargetId));
            return;
        }

        lock (_gate)
        {
            if (_parked.Count < options.MaxParkedCalls)
            {
                _parked.Add(request);
                if (_isLookDue)
                    return;
                _isLookDue = true;
                wheel.Add(this, Look);
                return;
            }
        }

        request.Refuse(OverloadedException.OfParked(options.MaxParkedCalls));
    }

    /// <summary>Ownership may have changed: all are sent on their way again.</summary>
    public void Unpark()
    {
        lock (_gate)
        {
            if (_isUnparking || _parked.Count == 0)
                return;
            _isUnparking = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static parked => parked.Redispatch(), this, preferLocal: false);
    }

    void IWheelEntry.Expire()
    {
        lock (_gate)
            _isLookDue = false;
        Unpark();
    }

    private void Redispatch()
    {
        List<Request> parked;
        lock (_gate)
        {
            parked = _parked;
            _parked = [];
            _isUnparking = false;
        }

        foreach (var request in parked)
        {
            if (!request.IsAnswered)
                redispatch(request);
        }
    }
}
