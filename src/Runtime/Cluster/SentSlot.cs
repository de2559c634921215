namespace AwoooP.Runtime.Cluster;

/// <summary>
/// What a call was last sent as. Whoever gives the call up marks it answered, then reads this; whoever sends it writes this, then reads the mark.
/// With a barrier between, one of the two sees the other, and the silo that has the call is told.
/// </summary>
internal struct SentSlot
{
    private SentCall? _sent;

    public void Set(SentCall? sent)
    {
        Volatile.Write(ref _sent, sent);
        Interlocked.MemoryBarrier();
        if (sent is { Call.IsAnswered: true })
            sent.GiveUp();
    }

    /// <summary>After the call was marked answered by other than its answer.</summary>
    public readonly void GiveUp() => Volatile.Read(in _sent)?.GiveUp();
}
