using System.Runtime.CompilerServices;
using AwoooP.Journal;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>The journal's contract in memory: versions, claims, command ids, wake-ups and one ordered log.</summary>
internal sealed class InMemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AggregateId, Snapshot> _snapshots = [];
    private readonly Dictionary<(AggregateId, Guid), ReadOnlyMemory<byte>> _commands = [];
    private readonly Dictionary<(string Project, string Kind, string Key), AggregateId> _claims = [];
    private readonly Dictionary<(AggregateId Id, string Name), (DateTimeOffset DueAt, TimeSpan? Period)> _wakes = [];
    private readonly List<RecordedEvent> _events = [];

    public IReadOnlyList<RecordedEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public IReadOnlyDictionary<(string Project, string Kind, string Key), AggregateId> Claims
    {
        get
        {
            lock (_lock)
                return new Dictionary<(string, string, string), AggregateId>(_claims);
        }
    }

    public IReadOnlyList<(AggregateId Id, string Name, DateTimeOffset DueAt, TimeSpan? Period)> Wakes
    {
        get
        {
            lock (_lock)
                return [.. _wakes.Select(wake => (wake.Key.Id, wake.Key.Name, wake.Value.DueAt, wake.Value.Period)).OrderBy(wake => wake.DueAt)];
        }
    }

    public ValueTask<Snapshot?> ReadAsync(AggregateId id, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(_snapshots.GetValueOrDefault(id));
    }

    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(Commit(commit));
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindCommandAsync(AggregateId id, Guid commandId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(_commands.TryGetValue((id, commandId), out var outcome) ? outcome : (ReadOnlyMemory<byte>?)null);
    }

    public ValueTask<IReadOnlyList<string>> FindClaimsAsync(string projectId, string kind, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<string>>([.. _claims.Keys.Where(claim => claim.Project == projectId && claim.Kind == kind).Select(claim => claim.Key)]);
    }

    public async IAsyncEnumerable<RecordedEvent> ReadEventsAsync(AggregateId id, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var recorded in Events.Where(recorded => recorded.Id == id && recorded.Version > afterVersion))
            yield return recorded;
    }

    /// <summary>As if the log had been cut there; the events themselves stay.</summary>
    public DateTimeOffset? Cut { get; set; }

    public ValueTask<DateTimeOffset?> FindCutAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Cut);

    /// <summary>What delivery does after a periodic wake-up was handled without a commit.</summary>
    public void AdvancePeriodic(AggregateId id, string name, DateTimeOffset handled, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_wakes.TryGetValue((id, name), out var wake) && wake.DueAt == handled && wake.Period is { } period)
                _wakes[(id, name)] = (WakeChange.NextDue(handled, period, now), period);
        }
    }

    /// <summary>What somebody does who can write to the database and is not the platform.</summary>
    public void Rewrite(AggregateId id, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> change)
    {
        lock (_lock)
            _snapshots[id] = _snapshots[id] with { State = change(_snapshots[id].State) };
    }

    private CommitOutcome Commit(Commit commit)
    {
        if (commit.CommandId is { } commandId && _commands.TryGetValue((commit.Id, commandId), out var first))
            return new CommitOutcome(CommitStatus.Repeated, FirstOutcome: first);
        if ((_snapshots.GetValueOrDefault(commit.Id)?.Version ?? 0) != commit.ExpectedVersion)
            return new CommitOutcome(CommitStatus.VersionConflict);

        foreach (var claim in commit.Claims.Where(claim => !claim.Release))
        {
            if (_claims.TryGetValue(KeyOf(commit, claim), out var holder) && holder != commit.Id)
                return new CommitOutcome(CommitStatus.ClaimTaken, Holder: holder, Claim: claim);
        }

        return Write(commit);
    }

    private CommitOutcome Write(Commit commit)
    {
        var last = new Position(1, 0, _events.Count + commit.Events.Count);
        for (var index = 0; index < commit.Events.Count; index++)
            _events.Add(commit.Recorded(index, last));

        _snapshots[commit.Id] = new Snapshot(commit.Id, _events[^1].Version, commit.StateVersion, commit.State);
        if (commit.CommandId is { } commandId)
            _commands[(commit.Id, commandId)] = commit.CommandOutcome;
        foreach (var wake in commit.Wakes)
        {
            if (wake.DueAt is { } due)
                _wakes[(commit.Id, wake.Name)] = (due, wake.Period);
            else
                _wakes.Remove((commit.Id, wake.Name));
        }

        foreach (var claim in commit.Claims)
        {
            if (claim.Release)
                _claims.Remove(KeyOf(commit, claim));
            else
                _claims[KeyOf(commit, claim)] = commit.Id;
        }

        return new CommitOutcome(CommitStatus.Committed, last);
    }

    private static (string Project, string Kind, string Key) KeyOf(Commit commit, ClaimChange claim) => (commit.Id.ProjectId, claim.Kind, claim.Key);
}
