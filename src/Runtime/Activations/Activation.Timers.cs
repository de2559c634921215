using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Activations;

/// <summary>The timers of an activation.</summary>
internal sealed partial class Activation
{
    private List<GrainTimer>? _timers;

    public IGrainTimer RegisterTimer<TState>(
        Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new GrainTimer(this, token => callback(state, token), options);
        lock (_gate)
        {
            if (_phase < Phase.Deactivating)
                (_timers ??= []).Add(timer);
        }

        if (_phase >= Phase.Deactivating)
            timer.Dispose();
        else
            timer.Change(options.DueTime, options.Period);
        return timer;
    }

    internal void Forget(GrainTimer timer)
    {
        lock (_gate)
            _timers?.Remove(timer);
    }

    internal void StopTimers()
    {
        List<GrainTimer>? timers;
        lock (_gate)
        {
            timers = _timers;
            _timers = null;
        }

        timers?.ForEach(static timer => timer.Dispose());
    }
}
