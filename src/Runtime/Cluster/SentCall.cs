namespace AwoooP.Runtime.Cluster;

/// <summary>A call that another silo is to answer.</summary>
internal sealed class SentCall(LinkCalls link, IOutboundCall call)
{
    private const int Queued = 1;
    private const int Ended = 2;

    private int _state;

    public IOutboundCall Call => call;

    /// <summary>Names it on its link; given by <see cref="PendingCalls"/>.</summary>
    public long Id { get; set; }

    /// <summary>The link took it.</summary>
    /// <returns>False when the link has ended meanwhile, and left the call to whoever was about to send it.</returns>
    public bool TryMarkQueued() => Interlocked.CompareExchange(ref _state, Queued, 0) == 0;

    /// <summary>The link has ended.</summary>
    /// <returns>Whether it had taken the call; where that is still open, it is left to whoever was about to send it.</returns>
    public bool EndWithLink() => Interlocked.CompareExchange(ref _state, Ended, 0) == Queued;

    /// <summary>Nobody waits for the answer any more; the silo that runs the call is told.</summary>
    public void GiveUp() => link.GiveUp(Id);
}
