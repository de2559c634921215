using System.Runtime.InteropServices;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Cluster;

/// <summary>Calls that wait for a silo to own their grain, in their order.</summary>
internal sealed class ParkedCalls(TimingWheel wheel, EngineOptions options) : IWheelEntry
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _bySilo = new(StringComparer.Ordinal);
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

    /// <param name="siloId">The silo that cannot be reached; null when it is not known which one to reach.</param>
    public void Park(Request request, string? siloId)
    {
        if (request.ParkedUntil(options.ParkLimit) < wheel.Now)
            request.Refuse(new GrainUnplacedException(request.TargetId));
        else if (!TryAdd(request, siloId))
            request.Refuse(siloId is null ? OverloadedException.OfParked(options.MaxParkedCalls) : OverloadedException.OfSilo(siloId));
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
            _bySilo.Clear();
            _isUnparking = false;
        }

        foreach (var request in parked)
        {
            if (!request.IsAnswered)
                request.DeliverAgain();
        }
    }

    private bool TryAdd(Request request, string? siloId)
    {
        lock (_gate)
        {
            if (_parked.Count >= options.MaxParkedCalls)
                return false;
            if (siloId is not null)
            {
                // One silo that is away leaves room for the calls that wait for others.
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_bySilo, siloId, out _);
                if (count >= options.MaxParkedCallsPerSilo)
                    return false;
                count++;
            }

            _parked.Add(request);
            if (!_isLookDue)
            {
                _isLookDue = true;
                wheel.Add(this, RetryInterval);
            }

            return true;
        }
    }
}
