namespace AwoooP.Journal;

/// <summary>
/// What the commit pipeline tells after each COMMIT, so that delivery needs no second read and no poll.
/// Calls come on the committer's thread: an observer must neither block nor throw.
/// </summary>
public interface ICommitObserver
{
    /// <summary>Events of one transaction, once it is durable and not before; in order, and without gaps, within each partition.</summary>
    void OnCommitted(IReadOnlyList<RecordedEvent> events);

    /// <summary>The same transaction set a wake-up in the partition; <paramref name="dueAt"/> is the earliest one that it set there.</summary>
    void OnWakeSet(short partition, DateTimeOffset dueAt);

    /// <summary>The connection broke at COMMIT: the partition may hold events that were never told. The observer looks for itself.</summary>
    void OnUncertain(short partition);
}
