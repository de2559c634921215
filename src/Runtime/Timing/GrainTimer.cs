using AwoooP.Runtime.Activations;

namespace AwoooP.Runtime.Timing;

/// <summary>
/// A timer of an activation. One clock timer that is set anew after each tick, so that ticks neither overlap nor pile up
/// behind a long turn.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<CancellationToken, Task> _callback;
    private readonly ITimer _clock;
    private TimeSpan _period;
    private int _setting;
    private bool _isDisposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Activation = activation;
        Options = options;
        _callback = callback;
        // The timer must not carry the registering turn's context into its ticks.
        using (ExecutionContext.SuppressFlow())
        {
            _clock = activation.Host.Engine.Time.CreateTimer(
                static state => ((GrainTimer)state!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public Activation Activation { get; }

    public GrainTimerCreationOptions Options { get; }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _setting++;
            _period = period;
            _clock.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }

        _clock.Dispose();
        _stopping.Cancel();
        Activation.Forget(this);
    }

    /// <summary>Runs one tick, unless the timer was set anew or stopped since it fell due.</summary>
    public async Task TickAsync(int setting)
    {
        lock (_gate)
        {
            if (_isDisposed || _setting != setting)
                return;
        }

        try
        {
            await _callback(_stopping.Token);
        }
        finally
        {
            lock (_gate)
            {
                if (!_isDisposed && _setting == setting)
                    _clock.Change(_period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Due()
    {
        int setting;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            setting = _setting;
        }

        Activation.Enqueue(new TimerTurn(this, setting));
    }
}
