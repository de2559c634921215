using AwoooP.Journal.Commits;
using AwoooP.Journal.Reads;
using AwoooP.Journal.Storage;

namespace AwoooP.Journal;

/// <summary>The journal over PostgreSQL: reads and commits are gathered into shared round trips.</summary>
internal sealed class PostgresJournal(GroupCommit commits, DoubtfulBatches doubtful, SnapshotReader snapshots, JournalDataSources sources) : IJournal
{
    public async ValueTask<Snapshot?> ReadAsync(AggregateId id, CancellationToken cancellationToken)
    {
        RefuseInDoubt(id);
        var snapshot = await snapshots.ReadAsync(id, cancellationToken);
        RefuseInDoubt(id);
        return snapshot;
    }

    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken) =>
        commits.CommitAsync(commit, cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>?> FindCommandAsync(AggregateId id, Guid commandId, CancellationToken cancellationToken)
    {
        RefuseInDoubt(id);
        var outcome = await FindCommand.ExecuteAsync(sources.Engine, id, commandId, cancellationToken);
        RefuseInDoubt(id);
        return outcome;
    }

    public async ValueTask<IReadOnlyList<string>> FindClaimsAsync(string projectId, string kind, CancellationToken cancellationToken) =>
        await FindClaims.ExecuteAsync(sources.Engine, projectId, kind, cancellationToken);

    public IAsyncEnumerable<RecordedEvent> ReadEventsAsync(AggregateId id, long afterVersion, CancellationToken cancellationToken) =>
        ReadEvents.ExecuteAsync(sources.Engine, id, afterVersion, cancellationToken);

    public async ValueTask<DateTimeOffset?> FindCutAsync(CancellationToken cancellationToken) =>
        await FindLogCut.ExecuteAsync(sources.Engine, cancellationToken);

    /// <summary>
    /// Asked before a read, which may miss what a batch in doubt commits after it, and after, since the read may show what of such a batch the
    /// primary alone has: only what settles it waits for synchronous standbys. Whoever is refused has that done now.
    /// </summary>
    private void RefuseInDoubt(AggregateId id)
    {
        if (!doubtful.Hold(PartitionMap.Of(id)))
            return;

        commits.SettleDoubts();
        throw new JournalUnavailableException($"What became of the last commits beside {id} is not known yet.");
    }
}
