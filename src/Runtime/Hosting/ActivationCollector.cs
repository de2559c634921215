using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Hosting;

/// <summary>Sends activations out of memory: those idle for long, and the least recently used when there are too many.</summary>
internal sealed class ActivationCollector : IDisposable
{
    /// <summary>To which part of the bound room is made at once, so that a sort of all serves many new activations.</summary>
    private const double KeptShare = 0.95;

    private readonly EmbeddedEngine _engine;
    private readonly ITimer _clock;
    private int _isMakingRoom;

    public ActivationCollector(EmbeddedEngine engine)
    {
        _engine = engine;
        using (ExecutionContext.SuppressFlow())
        {
            _clock = engine.Time.CreateTimer(
                static state => ((ActivationCollector)state!).CollectIdle(), this, engine.Options.CollectionInterval, engine.Options.CollectionInterval);
        }
    }

    /// <summary>Starts making room on another thread, unless that is under way.</summary>
    public void MakeRoom()
    {
        if (Interlocked.Exchange(ref _isMakingRoom, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static collector => collector.CollectLeastUsed(), this, preferLocal: false);
    }

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
        Volatile.Write(ref _isMakingRoom, 0);
        var surplus = _engine.Activations - (int)(_engine.Options.MaxActivations * KeptShare);
        if (surplus <= 0)
            return;

        var idle = new List<(long Since, Activation Activation)>();
        foreach (var activation in _engine.Hosts.SelectMany(static host => host.Activations()))
        {
            if (activation.IdleSince() is { } since)
                idle.Add((since, activation));
        }

        idle.Sort(static (left, right) => left.Since.CompareTo(right.Since));
        var reason = new DeactivationReason(DeactivationReasonCode.HighMemoryPressure, "Too many activations in memory.");
        foreach (var (_, activation) in idle.Take(surplus))
            activation.DeactivateIfIdle(reason);
    }
}
