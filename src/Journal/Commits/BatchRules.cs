namespace AwoooP.Journal.Commits;

/// <summary>What may share a batch with what it holds already.</summary>
internal sealed class BatchRules(int maxCommits, int maxBytes)
{
    private readonly HashSet<AggregateId> _aggregates = [];
    private readonly HashSet<(string Project, string Kind, string Key)> _claims = [];
    private int _bytes;

    public bool IsFull => _aggregates.Count >= maxCommits || _bytes >= maxBytes;

    /// <summary>
    /// The second commit of an aggregate waits for the first to be settled. So does one that touches a claimed name which
    /// the batch touches: a statement cannot take a row that it has just released.
    /// </summary>
    public bool MayJoin(PendingCommit pending)
    {
        var commit = pending.Commit;
        if (_aggregates.Count > 0 && _bytes + pending.Bytes > maxBytes)
            return Hold(pending);
        if (_aggregates.Contains(commit.Id))
            return Hold(pending);

        foreach (var claim in commit.Claims)
            if (_claims.Contains((commit.Id.ProjectId, claim.Kind, claim.Key)))
                return Hold(pending);
        return true;
    }

    public void Join(PendingCommit pending)
    {
        var commit = pending.Commit;
        _aggregates.Add(commit.Id);
        _bytes += pending.Bytes;
        foreach (var claim in commit.Claims)
            _claims.Add((commit.Id.ProjectId, claim.Kind, claim.Key));
    }

    /// <summary>Whatever comes after a commit that waits, of the same aggregate, waits behind it.</summary>
    private bool Hold(PendingCommit pending)
    {
        _aggregates.Add(pending.Commit.Id);
        return false;
    }
}
