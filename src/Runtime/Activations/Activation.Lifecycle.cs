using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Activations;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    private DeactivationReason? _deactivation;
    private bool _servesFirst;
    private long _delayedUntil;
    private TaskCompletionSource? _retired;

    /// <summary>Whether calls that come now are the next activation's.</summary>
    private bool IsLeaving => _deactivation is not null && !_servesFirst;

    /// <summary>Whether the activation has been asked to leave; read without the gate, so a moment old.</summary>
    public bool IsGoing => _deactivation.HasValue;

    /// <summary>Activates without a further call, for those that the constructor was given.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            BeginActivation();
            Schedule();
        }
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_phase >= Phase.Deactivating)
                return;

            // What may be wrong, or is another silo's, serves nobody more.
            var isOver = deactivationReason.Equals(Outdated) || deactivationReason.Equals(Moved);
            if (_deactivation is not null)
            {
                _servesFirst &= !isOver;
                return;
            }

            _deactivation = deactivationReason;
            // Nobody comes after one of a stopping silo, and one that is only just loading was loaded for those that wait:
            // handing these on would start the next only to end it in the same way.
            _servesFirst = deactivationReason.ReasonCode == DeactivationReasonCode.ShuttingDown || (_phase == Phase.Activating && !isOver);
            if (_phase == Phase.Active && !IsBusy)
                BeginDeactivation();
            else if (_phase == Phase.Created)
                Retire();
            Schedule();
        }
    }

    /// <summary>Lets the running turns end, and gives up the calls that wait for them: others may serve these meanwhile.</summary>
    public WaitingTurns Abandon()
    {
        lock (_gate)
        {
            Deactivate(Outdated);
            return _waiting.Extract(0, static (_, turn) => turn is Request { IsAnswered: false });
        }
    }

    /// <summary>Done when the activation is out of the directory.</summary>
    public Task WhenRetired()
    {
        lock (_gate)
        {
            if (_phase == Phase.Retired)
                return Task.CompletedTask;
            return (_retired ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        var until = timeSpan < TimeSpan.Zero ? 0 : Host.Engine.Wheel.After(timeSpan);
        lock (_gate)
            _delayedUntil = until;
    }

    /// <summary>When the activation was last of use, in ticks of the wheel; null while it is busy or on its way out.</summary>
    public long? IdleSince()
    {
        lock (_gate)
        {
            if (_phase != Phase.Active || _deactivation is not null || IsBusy || _waiting.Count > 0)
                return null;
            return Math.Max(_lastUsed, _delayedUntil - TimingWheel.Ticks(Host.Engine.Options.IdleTimeout));
        }
    }

    public void DeactivateIfIdle(DeactivationReason reason)
    {
        lock (_gate)
        {
            if (_phase != Phase.Active || _deactivation is not null || IsBusy || _waiting.Count > 0)
                return;
            _deactivation = reason;
            BeginDeactivation();
            Schedule();
        }
    }

    internal void CompleteActivation(Grain grain)
    {
        lock (_gate)
        {
            _grain = grain;
            _phase = Phase.Active;
            if (!IsLeaving)
            {
                // Those that wait for nobody stand among those that do.
                var interleaving = _waiting.Extract(0, static (_, turn) => turn.Admission == Admission.Interleave);
                while (interleaving.Count > 0)
                    Admit(interleaving.RemoveFirst());
            }
        }
    }

    internal void FailActivation(Exception exception)
    {
        WaitingTurns waiting;
        lock (_gate)
        {
            waiting = _waiting;
            _waiting = default;
            Retire();
        }

        StopTimers();
        Host.Engine.Diagnostics.ActivationFailed(Host.GrainType);
        EngineLog.ActivationFailed(Host.Engine.Logger, GrainId, exception);
        while (waiting.Count > 0)
            (waiting.RemoveFirst() as Request)?.Fail(exception);
    }

    internal void CompleteDeactivation()
    {
        lock (_gate)
            Retire();
    }

    private void BeginActivation()
    {
        if (_phase != Phase.Created)
            return;
        _phase = Phase.Activating;
        Admit(new ActivationTurn(this));
    }

    private void BeginDeactivation()
    {
        _phase = Phase.Deactivating;
        Admit(new DeactivationTurn(this, _deactivation!.Value));
    }

    private void Retire()
    {
        _phase = Phase.Retired;
        var calls = _waiting.Extract(0, static (_, turn) => turn is Request { IsAnswered: false });
        _waiting = default;
        Host.Retired(this);
        _owner.Replace(this, calls)?.Begin();
        _retired?.TrySetResult();
    }
}
