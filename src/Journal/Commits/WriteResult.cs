namespace AwoooP.Journal.Commits;

/// <summary>What became of one transaction of a batch.</summary>
internal enum WriteStatus
{
    None = 0,

    /// <summary>COMMIT was confirmed.</summary>
    Committed,

    /// <summary>Rolled back: an aggregate, a command or a claim stands in the way.</summary>
    Conflict,

    /// <summary>Rolled back: a project of the batch was taken out.</summary>
    ProjectRemoved,

    /// <summary>Rolled back: the server refused a value.</summary>
    Content,

    /// <summary>Rolled back: chosen to break a deadlock; may be tried again as it is.</summary>
    Transient,

    /// <summary>Rolled back, or never sent: the incarnation is dead.</summary>
    Fenced,

    /// <summary>Rolled back, or never sent.</summary>
    Unavailable,

    /// <summary>The connection broke after the batch was sent.</summary>
    Unknown,
}

/// <param name="Fault">The SqlState or the kind of fault.</param>
internal readonly record struct WriteResult(WriteStatus Status, string? Fault = null, JournalState State = JournalState.Ready);
