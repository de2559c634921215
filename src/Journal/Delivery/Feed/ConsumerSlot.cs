namespace AwoooP.Journal.Delivery.Feed;

/// <summary>Where one consumer stands in one partition. Guarded by the feed's lock.</summary>
internal struct ConsumerSlot
{
    /// <summary>The position in journal.cursor, as far as this process knows.</summary>
    public long Stored;

    /// <summary>Every wanted event up to here has been handled.</summary>
    public long Done;

    /// <summary>Every wanted event up to here has been handed out.</summary>
    public long Read;

    /// <summary>Memory is not complete below this: read the table until <see cref="Read"/> has reached it.</summary>
    public long TableUpTo;

    /// <summary>The newest event seen that the consumer wants.</summary>
    public long LastWanted;

    /// <summary>Whether the feed stands in the consumer's queue already.</summary>
    public bool Queued;

    public readonly bool ReadsMemory => Read >= TableUpTo;

    /// <summary>Nothing that it wants is open: it has passed all that the partition holds.</summary>
    public readonly bool IsUpToDate => ReadsMemory && LastWanted <= Done;
}
