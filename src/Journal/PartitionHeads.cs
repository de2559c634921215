namespace AwoooP.Journal;

/// <summary>
/// The last durable sequence number of every partition that this silo owns. Events up to it can be read: those of one
/// partition become durable in order.
/// </summary>
public sealed class PartitionHeads
{
    private readonly long[] _heads = new long[PartitionMap.Count];

    /// <summary>Raised once a commit is durable, with the partition and its new head. Handlers must neither block nor throw.</summary>
    public event Action<short, long>? Advanced;

    public long this[short partition] => Volatile.Read(ref _heads[partition]);

    internal void Advance(short partition, long head)
    {
        // A commit of an earlier incarnation may be told late, after the log was read again.
        if (head <= Volatile.Read(ref _heads[partition]))
            return;

        Volatile.Write(ref _heads[partition], head);
        Advanced?.Invoke(partition, head);
    }

    /// <summary>Sets the head read from the log at take-over.</summary>
    internal void Load(short partition, long head)
    {
        if (Interlocked.Exchange(ref _heads[partition], head) != head)
            Advanced?.Invoke(partition, head);
    }
}
