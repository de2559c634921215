using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;

namespace AwoooP.Grains.Tests.Aggregates;

/// <summary>A journal in memory whose next commits can be made to end otherwise.</summary>
internal sealed class ScriptedJournal : IJournal
{
    private readonly Queue<Func<Commit, Task<CommitOutcome>>> _script = new();

    public InMemoryJournal Inner { get; } = new();

    public int Commits { get; private set; }

    public int Reads { get; private set; }

    /// <summary>The next commit writes nothing and ends so.</summary>
    public void NextEnds(CommitStatus status, string? code = null) => _script.Enqueue(_ => Task.FromResult(new CommitOutcome(status, Code: code)));

    /// <summary>The next commit becomes durable, and its caller is told this.</summary>
    public void NextIsWrittenButEnds(CommitStatus status) => _script.Enqueue(async commit =>
    {
        await Inner.CommitAsync(commit, CancellationToken.None);
        return new CommitOutcome(status);
    });

    /// <summary>The next commit becomes durable, but its caller hears of it only when <paramref name="told"/> ends; says when it is durable.</summary>
    public Task NextIsWrittenButWaits(Task told)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Enqueue(async commit =>
        {
            var outcome = await Inner.CommitAsync(commit, CancellationToken.None);
            written.SetResult();
            await told;
            return outcome;
        });
        return written.Task;
    }

    public ValueTask<Snapshot?> ReadAsync(AggregateId id, CancellationToken cancellationToken)
    {
        Reads++;
        return Inner.ReadAsync(id, cancellationToken);
    }

    public async ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        Commits++;
        return _script.TryDequeue(out var next) ? await next(commit) : await Inner.CommitAsync(commit, cancellationToken);
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindCommandAsync(AggregateId id, Guid commandId, CancellationToken cancellationToken) =>
        Inner.FindCommandAsync(id, commandId, cancellationToken);

    public ValueTask<IReadOnlyList<string>> FindClaimsAsync(string projectId, string kind, CancellationToken cancellationToken) =>
        Inner.FindClaimsAsync(projectId, kind, cancellationToken);

    public IAsyncEnumerable<RecordedEvent> ReadEventsAsync(AggregateId id, long afterVersion, CancellationToken cancellationToken) =>
        Inner.ReadEventsAsync(id, afterVersion, cancellationToken);

    public ValueTask<DateTimeOffset?> FindCutAsync(CancellationToken cancellationToken) => Inner.FindCutAsync(cancellationToken);
}
