namespace AwoooP.Journal.Delivery.Feed;

/// <summary>Where one consumer stands in one partition. Guarded by the feed's lock.</summary>
internal struct ConsumerSlot
{
    /// <summary>Of <see cref="TableUpTo"/>: how far the table must be read shows only when its end is reached.</summary>
    private const long Unknown = long.MaxValue;

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

    public readonly bool ReadsMemory => Read >= TableUpTo;

    /// <summary>The table may hold what memory was never told.</summary>
    public readonly bool DistrustsMemory => TableUpTo == Unknown;

    /// <summary>It has had all that it wants of what it knows of.</summary>
    public readonly bool HasHadAll => LastWanted <= Read;

    /// <summary>Nothing that it wants is open: it has passed all that the partition holds.</summary>
    public readonly bool IsUpToDate => ReadsMemory && LastWanted <= Done;

    /// <summary>Up to where it has passed what the partition holds.</summary>
    /// <param name="last">The newest event that the partition is known to hold.</param>
    public readonly long PassedOf(long last) => IsUpToDate ? Math.Max(last, Done) : Done;

    public void StartAt(long stored) => Stored = Done = Read = stored;

    public void Distrust() => TableUpTo = Unknown;
}
