using AwoooP.Journal.Membership;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Cluster;
using AwoooP.Runtime.Hosting;

namespace AwoooP.Runtime.Activations;

/// <summary>
/// One grain in memory: its mailbox, its turns and the thread of control that they share. All fields are guarded by the
/// gate; the gate is never held while code of a grain runs, and never while another activation's gate is waited for, but
/// for a successor's, which never waits for its predecessor's.
/// </summary>
internal sealed partial class Activation : IGrainContext, IThreadPoolWorkItem
{
    /// <summary>How many pieces of work run before the thread is offered to other activations.</summary>
    private const int WorkPerDispatch = 128;

    /// <summary>Another silo, or another history of the database, may know better than this memory.</summary>
    public static readonly DeactivationReason Outdated = new(DeactivationReasonCode.RuntimeRequested, "What it remembers may be wrong.");

    /// <summary>The partition of its key goes to another silo.</summary>
    public static readonly DeactivationReason Moved = new(DeactivationReasonCode.Migrating, "Its partition goes to another silo.");

    private readonly Lock _gate = new();
    private readonly IActivationOwner _owner;
    private readonly Incarnation? _loadedAs;
    private readonly PartitionTenure? _tenure;
    private WaitingTurns _waiting;
    private WorkQueue _ready;
    private bool _isScheduled;
    private Turn? _exclusive;
    private List<Turn>? _readers;
    private int _interleaving;
    private Phase _phase;
    private Grain? _grain;
    private long _turns;
    private long _lastUsed;
    private long _turnsSeen;

    /// <param name="waiting">The calls that waited for the activation before it, if there was one.</param>
    public Activation(GrainHost host, IActivationOwner owner, string key, WaitingTurns waiting = default)
    {
        Host = host;
        _owner = owner;
        Key = key;
        _loadedAs = host.Engine.Lease?.Incarnation;
        _tenure = host.IsPlaced ? host.Engine.Cluster!.Placement.TenureOf(host.GrainType, key) : null;
        _lastUsed = host.Engine.Wheel.Now;
        _waiting = waiting;
        for (var turn = waiting.First; turn is not null; turn = turn.NextWaiting)
            turn.Target = this;
    }

    public GrainHost Host { get; }

    public string Key { get; }

    public GrainId GrainId => new(Host.GrainType, Key);

    /// <summary>Of its key; only where its class <see cref="GrainHost.IsPlaced"/>.</summary>
    public short Partition => _tenure?.Partition ?? Placement.PartitionOf(Host.GrainType, Key);

    /// <summary>Another silo may own its key by now; what it remembers is never told again.</summary>
    public bool IsOutdated => Host.IsPlaced && _tenure is not { IsOver: false };

    public IServiceProvider ActivationServices => Host.Engine.Services;

    public IGrainFactory GrainFactory => Host.Engine;

    public Grain Instance => _grain!;

    /// <summary>Turns started so far; read without the gate, so a moment old.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Turns since this was last asked, for the one that looks at them; it costs calls nothing.</summary>
    public long TakeTurns()
    {
        var turns = Turns;
        var fresh = turns - _turnsSeen;
        _turnsSeen = turns;
        return fresh;
    }

    /// <summary>Calls that wait; read without the gate, so a moment old.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Calls that run or wait; read without the gate, so a moment old.</summary>
    public int Load => _waiting.Count + _interleaving + (_readers?.Count ?? 0) + (_exclusive is null ? 0 : 1);

    private bool IsBusy => _exclusive is not null || _readers is { Count: > 0 } || _interleaving > 0;

    private bool HasBlockingTurn => _exclusive is not null || _readers is { Count: > 0 };

    public EnqueueResult Enqueue(Turn turn)
    {
        lock (_gate)
        {
            if (_phase == Phase.Retired)
                return EnqueueResult.Gone;
            turn.Target = this;
            BeginActivation();
            if (CanAdmit(turn, overtaking: false))
            {
                Admit(turn);
                Schedule();
                return EnqueueResult.Admitted;
            }

            if (_waiting.Count >= Host.Engine.Options.MailboxLimit && turn is Request && !DropAnswered())
                return EnqueueResult.Overloaded;
            _waiting.Append(turn);
            Schedule();
            return EnqueueResult.Waiting;
        }
    }

    /// <summary>
    /// Lets a reading call pass the writers that wait before it, when it would otherwise wait for itself behind them.
    /// </summary>
    public bool TryOvertake(Request request)
    {
        lock (_gate)
        {
            if (request.IsRunning)
                return true;
            if (!CanAdmit(request, overtaking: true))
                return false;
            if (_waiting.Extract(request, static (wanted, turn) => ReferenceEquals(wanted, turn)).Count == 0)
                return false;
            Admit(request);
            Schedule();
            return true;
        }
    }

    public void Post(Turn turn, SendOrPostCallback callback, object? state)
    {
        lock (_gate)
        {
            _ready.Enqueue(new Work(turn, callback, state));
            Schedule();
        }
    }

    public void EndTurn(Turn turn)
    {
        lock (_gate)
        {
            Remove(turn);
            turn.MarkEnded();
            if (turn.KeepsAlive)
                _lastUsed = Host.Engine.Wheel.Now;
            if (_phase == Phase.Active)
            {
                if (!IsLeaving)
                    AdmitWaiting();
                if (_deactivation is not null && !IsBusy)
                    BeginDeactivation();
            }

            Schedule();
        }
    }

    /// <summary>The turns that keep others in the mailbox.</summary>
    public Turn[] BlockingTurns()
    {
        lock (_gate)
        {
            if (_exclusive is not null)
                return [_exclusive];
            return _readers is { Count: > 0 } ? [.. _readers] : [];
        }
    }

    /// <summary>Asked as each answer leaves, since a lease runs out by the clock and tells nobody.</summary>
    public bool MayAnswer()
    {
        if (Host.Engine.Lease is not { } lease)
            return true;
        var isCurrent = ReferenceEquals(_loadedAs, lease.Incarnation) && !IsOutdated;
        if (isCurrent && lease.IsValid)
            return true;
        if (!isCurrent)
            Deactivate(Outdated);
        return false;
    }

    void IThreadPoolWorkItem.Execute()
    {
        TurnContext.CaptureOfPoolThread();
        for (var done = 0; done < WorkPerDispatch; done++)
        {
            Work work;
            lock (_gate)
            {
                if (!_ready.TryDequeue(out work))
                {
                    _isScheduled = false;
                    break;
                }
            }

            Perform(work);
            if (done == WorkPerDispatch - 1)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        SynchronizationContext.SetSynchronizationContext(null);
    }

    private void Perform(in Work work)
    {
        SynchronizationContext.SetSynchronizationContext(work.Turn);
        if (work.Callback is null)
        {
            work.Turn.Start();
            return;
        }

        ExecutionContext.Restore(TurnContext.Empty);
        try
        {
            work.Callback(work.State);
        }
        catch (Exception exception)
        {
            // What a task does ends in the task; this is an async void method or a bare post of the grain's.
            EngineLog.ContinuationFailed(Host.Engine.Logger, GrainId, exception);
        }
    }

    private bool CanAdmit(Turn turn, bool overtaking)
    {
        if (_phase != Phase.Active)
            return false;
        // A turn that is to finish first may itself wait for an interleaving call.
        if (turn.Admission == Admission.Interleave)
            return !IsLeaving || HasBlockingTurn;
        if (_exclusive is not null || (_waiting.Count > 0 && !overtaking))
            return false;
        return turn.Admission == Admission.ReadOnly
            ? !IsLeaving || overtaking
            : !IsLeaving && _readers is not { Count: > 0 };
    }

    private void Admit(Turn turn)
    {
        switch (turn.Admission)
        {
            case Admission.Exclusive:
                _exclusive = turn;
                break;
            case Admission.ReadOnly:
                (_readers ??= new List<Turn>(2)).Add(turn);
                break;
            default:
                _interleaving++;
                break;
        }

        _turns++;
        turn.MarkRunning();
        _ready.Enqueue(new Work(turn, null, null));
    }

    private void Remove(Turn turn)
    {
        switch (turn.Admission)
        {
            case Admission.Exclusive:
                _exclusive = null;
                break;
            case Admission.ReadOnly:
                _readers!.Remove(turn);
                break;
            default:
                _interleaving--;
                break;
        }
    }

    private void AdmitWaiting()
    {
        while (_waiting.First is { } first)
        {
            if (first is Request { IsAnswered: true })
                _waiting.RemoveFirst();
            else if (CanAdmit(first, overtaking: true))
                Admit(_waiting.RemoveFirst());
            else
                return;
        }
    }

    /// <summary>Makes room by dropping calls whose callers have been answered by time-out or cancellation.</summary>
    private bool DropAnswered() =>
        _waiting.Extract(0, static (_, turn) => turn is Request { IsAnswered: true }).Count > 0;

    private void Schedule()
    {
        if (_isScheduled || _ready.Count == 0)
            return;
        _isScheduled = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
