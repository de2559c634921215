using AwoooP.Journal.Membership;

namespace AwoooP.Journal.Commits;

/// <summary>
/// Settles batches one after the other: all or nothing first, and only when that fails, the offenders are found and told,
/// and the rest is written again. The partitions of its batches are no other lane's at the time.
/// </summary>
internal sealed class CommitLane(
    CommitConnection connection,
    SiloIdentity silo,
    LeaseGuard lease,
    OwnedPartitions owned,
    JournalHealth health,
    CommitObservers observers,
    CommitMetrics metrics) : IAsyncDisposable
{
    /// <summary>A conflict may vanish before it is looked at (a claim given back); then the same batch is tried again.</summary>
    private const int MaxAttempts = 3;

    private readonly List<Position> _positions = [];

    public Task SettleAsync(IReadOnlyList<PendingCommit> batch) => SettleAsync(batch, attempt: 1);

    public Task AbandonAsync() => connection.AbandonAsync();

    /// <summary>Settles what is in doubt. If the server cannot be asked, the next renewal of the lease, read or commit has it tried again.</summary>
    public async Task ResolveDoubtsAsync()
    {
        // Without an incarnation the journal is in another state, which is to stay.
        if (await connection.ResolveDoubtsAsync() is { } outage && lease.Incarnation is not null)
            health.Report(outage);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task SettleAsync(IReadOnlyList<PendingCommit> batch, int attempt)
    {
        if (lease is not { IsValid: true, Incarnation: { } incarnation })
        {
            SettleAll(batch, new CommitOutcome(CommitStatus.Fenced));
            return;
        }

        batch = SettleFenced(batch, incarnation);
        if (batch.Count == 0)
            return;

        var result = await WriteAsync(batch, incarnation);
        metrics.Wrote(batch.Count, result.Status);
        switch (result.Status)
        {
            case WriteStatus.Committed:
                health.Report(JournalState.Ready);
                for (var place = 0; place < batch.Count; place++)
                    Settle(batch[place], new CommitOutcome(CommitStatus.Committed, _positions[place]));
                observers.Committed(batch, _positions);
                break;
            case WriteStatus.Conflict:
                await SettleConflictAsync(batch, attempt);
                break;
            case WriteStatus.ProjectRemoved:
                await SettleRemovedAsync(batch, attempt);
                break;
            case WriteStatus.Content when batch.Count == 1:
                Settle(batch[0], new CommitOutcome(CommitStatus.Refused, Code: RefusalCode(result.Fault)));
                break;
            case WriteStatus.Content:
                await SplitAsync(batch);
                break;
            case WriteStatus.Transient when attempt < MaxAttempts:
                await SettleAsync(batch, attempt + 1);
                break;
            case WriteStatus.Fenced:
                health.Report(JournalState.Fenced);
                SettleAll(batch, new CommitOutcome(CommitStatus.Fenced));
                break;
            case WriteStatus.Unknown:
                health.Report(result.State);
                SettleAll(batch, new CommitOutcome(CommitStatus.Unknown));
                break;
            default:
                health.Report(result.Status == WriteStatus.Transient ? JournalState.Unavailable : result.State);
                SettleAll(batch, new CommitOutcome(CommitStatus.Unavailable, Code: result.Fault));
                break;
        }
    }

    private async Task<WriteResult> WriteAsync(IReadOnlyList<PendingCommit> batch, Incarnation incarnation)
    {
        using var span = CommitTraces.StartWrite(batch);
        return await connection.WriteAsync(batch, silo.SiloId, incarnation, _positions);
    }

    /// <summary>
    /// The fence in the transaction asks only whether the incarnation lives. So a commit that was queued under an earlier tenure of its
    /// partition is told here that another may have written since, and does not go along with the others.
    /// </summary>
    /// <returns>The commits that may be written.</returns>
    private IReadOnlyList<PendingCommit> SettleFenced(IReadOnlyList<PendingCommit> batch, Incarnation incarnation)
    {
        if (batch.All(IsOwned))
            return batch;

        var rest = new List<PendingCommit>(batch.Count);
        foreach (var pending in batch)
        {
            if (IsOwned(pending))
                rest.Add(pending);
            else
                Settle(pending, new CommitOutcome(CommitStatus.Fenced));
        }

        return rest;

        bool IsOwned(PendingCommit pending) => ReferenceEquals(pending.Writer.Incarnation, incarnation) && owned.Covers(pending.Writer);
    }

    private async Task SettleConflictAsync(IReadOnlyList<PendingCommit> batch, int attempt)
    {
        if (await connection.DiagnoseAsync(batch) is not { } outcomes)
        {
            health.Report(JournalState.Unavailable);
            SettleAll(batch, new CommitOutcome(CommitStatus.Unavailable));
            return;
        }

        var rest = new List<PendingCommit>(batch.Count);
        for (var place = 0; place < batch.Count; place++)
        {
            if (outcomes.TryGetValue(place, out var outcome))
                Settle(batch[place], outcome);
            else
                rest.Add(batch[place]);
        }

        if (rest.Count == 0)
            return;
        if (rest.Count < batch.Count)
            await SettleAsync(rest, attempt: 1);
        else if (attempt < MaxAttempts)
            await SettleAsync(rest, attempt + 1);
        else if (rest.Count > 1)
            await SplitAsync(rest);
        else
            Settle(rest[0], new CommitOutcome(CommitStatus.VersionConflict));
    }

    /// <summary>Those of projects that were taken out are told so; the others are written without them.</summary>
    private async Task SettleRemovedAsync(IReadOnlyList<PendingCommit> batch, int attempt)
    {
        // That none is found though one was refused means that an owner has given the id back in between.
        if (await connection.FindRemovedAsync(batch) is not { } removed || (removed.Count == 0 && attempt == MaxAttempts))
        {
            health.Report(JournalState.Unavailable);
            SettleAll(batch, new CommitOutcome(CommitStatus.Unavailable));
            return;
        }

        var rest = new List<PendingCommit>(batch.Count);
        foreach (var pending in batch)
        {
            if (removed.Contains(pending.Commit.Id.ProjectId))
                Settle(pending, new CommitOutcome(CommitStatus.ProjectRemoved));
            else
                rest.Add(pending);
        }

        if (rest.Count > 0)
            await SettleAsync(rest, removed.Count == 0 ? attempt + 1 : 1);
    }

    private async Task SplitAsync(IReadOnlyList<PendingCommit> batch)
    {
        var middle = batch.Count / 2;
        await SettleAsync([.. batch.Take(middle)], attempt: 1);
        await SettleAsync([.. batch.Skip(middle)], attempt: 1);
    }

    private void SettleAll(IReadOnlyList<PendingCommit> batch, CommitOutcome outcome)
    {
        foreach (var pending in batch)
            Settle(pending, outcome);
    }

    private void Settle(PendingCommit pending, CommitOutcome outcome)
    {
        metrics.Settled(pending.Partition, pending.QueuedAt, outcome.Status);
        pending.Settle(outcome);
    }

    private static string RefusalCode(string? sqlState) => sqlState switch
    {
        "22P02" => "invalid_json",
        "22021" or "22P05" => "invalid_text",
        _ => $"refused_{sqlState}",
    };
}
