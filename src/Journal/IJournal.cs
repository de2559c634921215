namespace AwoooP.Journal;

/// <summary>
/// Snapshots and events of aggregates. Every call may throw <see cref="JournalUnavailableException"/>, except <see cref="CommitAsync"/>,
/// which answers it.
/// </summary>
public interface IJournal
{
    /// <summary>The newest snapshot, or null for an aggregate that was never committed.</summary>
    ValueTask<Snapshot?> ReadAsync(AggregateId id, CancellationToken cancellationToken);

    /// <summary>Writes atomically. Answers only once the outcome is certain, or says <see cref="CommitStatus.Unknown"/>.</summary>
    ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken);

    /// <summary>What an accepted command answered, or null when it was never committed or its outcome has expired.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindCommandAsync(AggregateId id, Guid commandId, CancellationToken cancellationToken);

    /// <summary>The names of a kind that aggregates of a project hold, in no order: those of one moment during the call.</summary>
    ValueTask<IReadOnlyList<string>> FindClaimsAsync(string projectId, string kind, CancellationToken cancellationToken);

    /// <summary>The events of one aggregate after a version, in order.</summary>
    IAsyncEnumerable<RecordedEvent> ReadEventsAsync(AggregateId id, long afterVersion, CancellationToken cancellationToken);

    /// <summary>The time before which events have left the log by retention, or null when it is whole.</summary>
    ValueTask<DateTimeOffset?> FindCutAsync(CancellationToken cancellationToken);
}

/// <param name="State">JSON in the shape of <paramref name="StateVersion"/>.</param>
public sealed record Snapshot(AggregateId Id, long Version, int StateVersion, ReadOnlyMemory<byte> State);

/// <summary>PostgreSQL cannot be reached, or does not answer in time.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
