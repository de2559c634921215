namespace AwoooP.Journal.Delivery;

/// <summary>Why an event was not delivered. The names are stored.</summary>
public enum DeadLetterKind
{
    None = 0,

    /// <summary>A retry cannot cure it; later events of its aggregate queue behind it until a person retries or discards it.</summary>
    Fault,

    /// <summary>The chain of reactions is longer than <see cref="JournalLimits.MaxDepth"/>. Shown; it holds nothing back.</summary>
    TooDeep,

    /// <summary>A projection's row whose parent is not there yet; tried again by itself.</summary>
    Waiting,

    /// <summary>Queued behind one of the above.</summary>
    Queued,
}
