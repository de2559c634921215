using AwoooP.Journal.Commits;
using AwoooP.Journal.Reads;
using AwoooP.Journal.Storage;

namespace AwoooP.Journal;

/// <summary>The journal over PostgreSQL: reads and commits are gathered into shared round trips.</summary>
internal sealed class PostgresJournal(GroupCommit commits, SnapshotReader snapshots, JournalDataSources sources) : IJournal
{
    public async ValueTask<Snapshot?> ReadAsync(AggregateId id, CancellationToken cancellationToken) =>
        await snapshots.ReadAsync(id, cancellationToken);

    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken) =>
        commits.CommitAsync(commit, cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>?> FindCommandAsync(AggregateId id, Guid commandId, CancellationToken cancellationToken) =>
        await FindCommand.ExecuteAsync(sources.Engine, id, commandId, cancellationToken);

    public async ValueTask<IReadOnlyList<string>> FindClaimsAsync(string projectId, string kind, CancellationToken cancellationToken) =>
        await FindClaims.ExecuteAsync(sources.Engine, projectId, kind, cancellationToken);

    public IAsyncEnumerable<RecordedEvent> ReadEventsAsync(AggregateId id, long afterVersion, CancellationToken cancellationToken) =>
        ReadEvents.ExecuteAsync(sources.Engine, id, afterVersion, cancellationToken);

    public async ValueTask<DateTimeOffset?> FindCutAsync(CancellationToken cancellationToken) =>
        await FindLogCut.ExecuteAsync(sources.Engine, cancellationToken);
}
