using System.Diagnostics;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.CodeGeneration;
using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Timing;

namespace AwoooP.Runtime.Calls;

/// <summary>
/// A call on its way: from its caller into the mailbox, through its turn, and back as an answer. It is answered once, by
/// whoever comes first: the grain, the time-out, the caller's cancellation or a refusal. Never pooled, since a turn may
/// go on, and post to its context, long after its caller was answered.
/// </summary>
internal abstract partial class Request : Turn, IWheelEntry
{
    private readonly GrainReference _reference;
    private CancellationTokenRegistration _callerCancellation;
    private CancellationTokenSource? _cancellation;
    private long _dueTick;
    // The caller's until the turn starts, then the turn's own.
    private Activity? _activity;
    private long _started;

    protected Request(GrainReference reference, GrainCall call, Turn? caller, RequestContextValues? values)
        : base(call.Method.IsAlwaysInterleave ? Admission.Interleave : call.Method.IsReadOnly ? Admission.ReadOnly : Admission.Exclusive)
    {
        Call = call;
        Caller = caller;
        Values = values;
        _reference = reference;
        _activity = EngineDiagnostics.Activities.HasListeners() ? Activity.Current : null;
    }

    public GrainHost Host => (GrainHost)_reference.Binding;

    public GrainCall Call { get; }

    public string Key => _reference.Key;

    public GrainId TargetId => _reference.GrainId;

    /// <summary>The turn that made the call; null for a caller that is no grain.</summary>
    public Turn? Caller { get; }

    /// <summary>What travels with the call.</summary>
    public RequestContextValues? Values { get; }

    /// <summary>The way back to the process that made the call; null when that is this one.</summary>
    public virtual Reply? Reply => null;

    /// <summary>The turns of other silos that wait, over any number of calls, for this one.</summary>
    public IReadOnlyList<WaitingCaller> Ancestors => Reply?.To.Callers ?? [];

    /// <summary>Whether a grain waits for it, here or at another silo, so that it must be served while the engine drains.</summary>
    public bool IsAwaitedByGrain => Caller is not null || Ancestors.Count > 0;

    /// <summary>The span that its caller described as the parent.</summary>
    public ActivityContext Trace => Reply?.To.Trace ?? _activity?.Context ?? default;

    /// <summary>
    /// Whether a turn waits for it, over any number of calls of this silo, whose activation is leaving. Then it is served also where nothing
    /// new begins any more: the activation could not leave otherwise.
    /// </summary>
    public bool IsAwaitedByLeaving
    {
        get
        {
            for (var call = this; call is { IsOneWay: false, Caller: { } turn }; call = turn as Request)
            {
                if (turn.Target is { IsGoing: true })
                    return true;
            }

            return false;
        }
    }

    /// <summary>The next of the caller's calls; the caller's own.</summary>
    public Request? Sibling { get; set; }

    public abstract bool IsAnswered { get; }

    bool IWheelEntry.IsDone => IsAnswered;

    /// <summary>How long its caller waits for an answer.</summary>
    public TimeSpan Timeout => Reply?.To.Header.Timeout ?? Host.Engine.Options.CallTimeout;

    /// <summary>From here on the caller may be answered by the clock or its own cancellation.</summary>
    public void Arm(CancellationToken callerToken)
    {
        _dueTick = Host.Engine.Wheel.After(Timeout);
        if (!Call.Method.IsOneWay)
            Host.Engine.Wheel.Add(this, Timeout);
        if (callerToken.CanBeCanceled)
            _callerCancellation = callerToken.UnsafeRegister(static (state, token) => ((Request)state!).CancelFromCaller(token), this);
    }

    /// <summary>Whether its turn has started in this process.</summary>
    public bool HasRun { get; private set; }

    /// <summary>How long its caller still waits; at least one tick, since a call that is looked at was not given up.</summary>
    public TimeSpan Remaining() => TimingWheel.Tick * Math.Max(1, _dueTick - Host.Engine.Wheel.Now);

    /// <returns>Whether this was the first answer.</returns>
    public bool Fail(Exception exception)
    {
        if (Call.Method.IsOneWay && !IsAnswered)
            EngineLog.OneWayCallFailed(Host.Engine.Logger, TargetId, Call.Method.Name, exception);
        if (!TrySetException(WhatIsSure(exception)))
            return false;
        Disarm();
        return true;
    }

    public void Expire()
    {
        if (!Fail(new CallTimeoutException(TargetId, Call.Method.Name, Timeout)))
            return;
        _sent.GiveUp();
        Host.Engine.Diagnostics.TimedOut(Host.GrainType);
        _ = Volatile.Read(ref _cancellation)?.CancelAsync();
    }

    /// <summary>Whoever asked has given it up.</summary>
    public void Cancel() => CancelFromCaller(CancellationToken.None);

    public sealed override void Start()
    {
        if (IsAnswered)
        {
            Target!.EndTurn(this);
            return;
        }

        HasRun = true;
        ExecutionContext.Restore(TurnContext.Of(Values));
        _started = Host.Engine.Diagnostics.TurnStarted();
        _activity = EngineDiagnostics.Activities.HasListeners() ? EngineDiagnostics.StartTurn(this, Trace) : null;
        Run(Target!.Instance, CreateToken());
    }

    public sealed override string Describe() => $"{TargetId}.{Call.Method.Name}";

    /// <summary>Who waits for the answer, for a person to read.</summary>
    public string DescribeCaller() => Caller?.Describe() ?? (Ancestors.Count > 0 ? Ancestors[0].Description : "a caller that is no grain");

    protected abstract bool TrySetException(Exception exception);

    protected abstract bool TrySetCanceled(CancellationToken token);

    /// <summary>Runs the method and, at its end, <see cref="End"/> and the answer.</summary>
    protected abstract void Run(Grain grain, CancellationToken token);

    /// <summary>Frees the activation; before the answer, so that a caller that has its answer finds the grain free.</summary>
    protected void End(Exception? exception)
    {
        Host.Engine.Diagnostics.TurnEnded(Host.GrainType, _started);
        if (_activity is not null)
        {
            if (exception is not null)
                _activity.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            _activity.Dispose();
        }

        Target!.EndTurn(this);
    }

    /// <summary>Last before the answer. Where it may not leave, the caller is told so in its place.</summary>
    protected bool MayAnswer()
    {
        if (Call.Method.IsOneWay || Target!.MayAnswer())
            return true;
        Fail(new LeaseLostException(TargetId));
        return false;
    }

    /// <summary>After the answer; the wheel sees by itself that there is one.</summary>
    protected void Disarm() => _callerCancellation.Unregister();

    private CancellationToken CreateToken()
    {
        if (!Call.Method.TakesCancellation)
            return CancellationToken.None;
        var cancellation = new CancellationTokenSource();
        Volatile.Write(ref _cancellation, cancellation);
        // The call may have been given up since it was last looked at, by one who found no source to cancel yet.
        Interlocked.MemoryBarrier();
        if (IsAnswered)
            cancellation.Cancel();
        return cancellation.Token;
    }

    private void CancelFromCaller(CancellationToken token)
    {
        if (!Call.Method.IsOneWay && !TrySetCanceled(token))
            return;
        _sent.GiveUp();
        // Not on this thread, which may be the wheel's or a link's: what is registered with the token is the grain's own code.
        _ = Volatile.Read(ref _cancellation)?.CancelAsync();
    }
}
