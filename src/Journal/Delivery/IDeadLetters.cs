namespace AwoooP.Journal.Delivery;

/// <summary>What could not be delivered, for the admin page. Sees every tenant: the caller filters by what its principal may see.</summary>
public interface IDeadLetters
{
    /// <summary>The heads of the queues (never <see cref="DeadLetterKind.Queued"/>), newest first. Throws <see cref="JournalUnavailableException"/>.</summary>
    /// <param name="limit">1 to 1,000.</param>
    Task<IReadOnlyList<DeadLetter>> ListAsync(string? projectId, int limit, CancellationToken cancellationToken);

    /// <summary>One of this project's that <see cref="ListAsync"/> would list, or null. Throws <see cref="JournalUnavailableException"/>.</summary>
    Task<DeadLetter?> FindAsync(string projectId, Guid id, CancellationToken cancellationToken);

    /// <summary>Delivers the event and what queued behind it, in order, if its cause has been cured. Throws <see cref="JournalUnavailableException"/>.</summary>
    Task<RetryOutcome> RetryAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Gives the event up for its consumer for good, and delivers what queued behind it. Throws <see cref="JournalUnavailableException"/>.</summary>
    Task<RetryOutcome> DiscardAsync(Guid id, CancellationToken cancellationToken);
}
