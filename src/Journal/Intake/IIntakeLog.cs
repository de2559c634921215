namespace AwoooP.Journal.Intake;

/// <summary>
/// The durable log of what senders sent. A request is parsed, validated and redacted before it is appended,
/// and acknowledged once <see cref="AppendAsync"/> has returned.
/// </summary>
public interface IIntakeLog
{
    /// <summary>
    /// Appends with group commit. Answers Overloaded over the bounded lag. Throws <see cref="JournalUnavailableException"/> when nothing can be
    /// written or the outcome is not known: the sender sends again, and receivers know a repeat by its content.
    /// </summary>
    /// <exception cref="ArgumentException">No consumer is registered for the kind, or the entry is out of bounds.</exception>
    ValueTask<IntakeOutcome> AppendAsync(IntakeEntry entry, CancellationToken cancellationToken);
}
