using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Hosting;

/// <summary>Sends activations out of memory: those idle for long, and the least recently used when there are too many.</summary>
internal sealed class ActivationCollector : IDisposable
{
    /// <summary>To which part of the bound room is made at once, so that a sort of all serves many new activations.</summary>
    private const double KeptShare = 0.95;

    /// <summary>By which part of the bound activations must grow before all are looked at again, while those sent away leave, or when too many are busy.</summary>
    private const double LookAgainShare = 0.01;

    private readonly EmbeddedEngine _engine;
    private readonly ITimer _clock;
    private int _isMakingRoom;
    private int _threshold;

    public ActivationCollector(EmbeddedEngine engine)
    {
        _engine = engine;
        _threshold = engine.Options.MaxActivations;
        using (ExecutionContext.SuppressFlow())
        {
            _clock = engine.Time.CreateTimer(
                static state => ((ActivationCollector)state!).CollectIdle(), this, engine.Options.CollectionInterval, engine.Options.CollectionInterval);
        }
    }

    /// <summary>Starts making room on another thread, if there are too many and that is not under way.</summary>
    public void Grown(int activations)
    {
        if (activations > Volatile.Read(ref _threshold) && Interlocked.Exchange(ref _isMakingRoom, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static collector => collector.CollectLeastUsed(), this, preferLocal: false);
    }

    /// <summary>The bound is kept again, so from here on it is what counts.</summary>
    public void Shrunk() => Volatile.Write(ref _threshold, _engine.Options.MaxActivations);

    public void Dispose() => _clock.Dispose();

    private void CollectIdle()
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Idle for too long.");
        var latest = _engine.Wheel.Now - TimingWheel.Ticks(_engine.Options.IdleTimeout);
        foreach (var activation in _engine.Hosts.SelectMany(static host => host.Activations()))
        {
            if (activation.IdleSince() <= latest)
                activation.DeactivateIfIdle(reason);
        }
    }

    private void CollectLeastUsed()
    {
        var staying = 0;
        var idle = new List<(long Since, Activation Activation)>();
        foreach (var activation in _engine.Hosts.SelectMany(static host => host.Activations()))
        {
            if (activation.IsGoing)
                continue;
            staying++;
            if (activation.IdleSince() is { } since)
                idle.Add((since, activation));
        }

        var bound = _engine.Options.MaxActivations;
        if (staying > bound)
            Deactivate(idle, staying - (int)(bound * KeptShare));
        Volatile.Write(ref _threshold, Math.Max(bound, _engine.Activations + (int)(bound * LookAgainShare)));
        Volatile.Write(ref _isMakingRoom, 0);
    }

    private static void Deactivate(List<(long Since, Activation Activation)> idle, int count)
    {
        idle.Sort(static (left, right) => left.Since.CompareTo(right.Since));
        var reason = new DeactivationReason(DeactivationReasonCode.HighMemoryPressure, "Too many activations in memory.");
        foreach (var (_, activation) in idle.Take(count))
            activation.DeactivateIfIdle(reason);
    }
}
