namespace AwoooP.Journal;

public enum CommitStatus
{
    None = 0,

    /// <summary>Durable. Only now may memory change and the caller be answered.</summary>
    Committed,

    /// <summary>The command id was committed before; <see cref="CommitOutcome.FirstOutcome"/> holds what it answered.</summary>
    Repeated,

    /// <summary>The database or a bound of the journal refused the content (<see cref="CommitOutcome.Code"/>); nothing was written.</summary>
    Refused,

    /// <summary>A claim is held by another aggregate (<see cref="CommitOutcome.Holder"/>); nothing was written.</summary>
    ClaimTaken,

    /// <summary>The project was taken out, or is about to be: nothing of it is written ever again. Drop the activation.</summary>
    ProjectRemoved,

    /// <summary>The aggregate has moved on: reload and decide again.</summary>
    VersionConflict,

    /// <summary>This silo may no longer write: its lease ran out or another has taken over.</summary>
    Fenced,

    /// <summary>The queue is full; nothing was written.</summary>
    Overloaded,

    /// <summary>PostgreSQL cannot be reached; nothing was written.</summary>
    Unavailable,

    /// <summary>The connection broke at COMMIT: it may or may not be durable. Drop the activation; the command id tells on retry.</summary>
    Unknown,
}

/// <param name="Code">For <see cref="CommitStatus.Refused"/>: a stable code such as <c>state_too_large</c>.</param>
/// <param name="Position">For <see cref="CommitStatus.Committed"/>: where the last event stands.</param>
/// <param name="FirstOutcome">For <see cref="CommitStatus.Repeated"/>: the outcome stored with the first commit.</param>
/// <param name="Holder">For <see cref="CommitStatus.ClaimTaken"/>: who holds the name.</param>
/// <param name="Claim">For <see cref="CommitStatus.ClaimTaken"/>: the name that was taken.</param>
public readonly record struct CommitOutcome(
    CommitStatus Status,
    Position Position = default,
    ReadOnlyMemory<byte> FirstOutcome = default,
    string? Code = null,
    AggregateId? Holder = null,
    ClaimChange? Claim = null);
