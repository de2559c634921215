using AwoooP.Runtime.Activations;

namespace AwoooP.Runtime.Calls;

/// <summary>
/// One piece of work of an activation, from its start over all its awaits to its end. A turn is the synchronization
/// context of its own code: what follows an await comes back to the activation through <see cref="Post"/>, and whoever
/// makes a call finds its turn as the current context, at no cost to calls that need neither.
/// </summary>
internal abstract class Turn(Admission admission) : SynchronizationContext
{
    private static long _lastId = Random.Shared.NextInt64(long.MaxValue / 2);

    private Request? _calls;
    private long _id;
    private volatile bool _isRunning;

    public Admission Admission { get; } = admission;

    /// <summary>Where the turn runs or waits; set before it waits there, changed only while it does.</summary>
    public Activation? Target { get; set; }

    /// <summary>The next in the mailbox; the mailbox's own.</summary>
    public Turn? NextWaiting { get; set; }

    public bool IsRunning => _isRunning;

    /// <summary>Whether it has made calls that it may still wait for.</summary>
    public bool HasCalls => Volatile.Read(ref _calls) is not null;

    /// <summary>Names the turn to other silos; given to it only when it is to be named, and then unlike that of any turn of the cluster.</summary>
    public long Id => _id != 0 ? _id : Interlocked.CompareExchange(ref _id, Interlocked.Increment(ref _lastId), 0) is not 0 and var given ? given : _id;

    /// <summary>Whether it was ever named.</summary>
    public bool IsNamed => Volatile.Read(ref _id) != 0;

    /// <summary>Whether the activation counts as used by it.</summary>
    public virtual bool KeepsAlive => true;

    public static Turn? Ambient => Current as Turn;

    /// <summary>Runs on the activation's thread. Must lead to <see cref="Activation.EndTurn"/>, now or after awaits.</summary>
    public abstract void Start();

    public abstract string Describe();

    public override void Post(SendOrPostCallback d, object? state) => Target!.Post(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A turn of a grain does not block for another piece of work.");

    public override SynchronizationContext CreateCopy() => this;

    public void MarkRunning() => _isRunning = true;

    public void MarkEnded()
    {
        _isRunning = false;
        Volatile.Write(ref _calls, null);
    }

    /// <summary>
    /// Remembers a call that this turn has made, for the search for cycles. Only the turn's own thread adds, so answered
    /// calls can be let go here, and readers on other threads see a list that is whole at any time.
    /// </summary>
    public void Track(Request call)
    {
        var head = _calls;
        while (head is { IsAnswered: true })
            head = head.Sibling;
        call.Sibling = head;
        Volatile.Write(ref _calls, call);
    }

    public IEnumerable<Request> UnansweredCalls()
    {
        for (var call = Volatile.Read(ref _calls); call is not null; call = call.Sibling)
        {
            if (!call.IsAnswered)
                yield return call;
        }
    }
}
