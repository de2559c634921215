namespace AwoooP.Journal.Commits;

/// <summary>
/// The bounded queue before the committer lanes, in two halves by partition. A lane takes from one half, or from both
/// while it works alone. One aggregate has at most one commit in a batch, and so has each claimed name.
/// </summary>
internal sealed class CommitQueue(int capacity)
{
    public const int Halves = 2;

    private readonly Lock _lock = new();
    private readonly List<PendingCommit>[] _waiting = [[], []];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public int CountOf(int half)
    {
        lock (_lock)
            return _waiting[half].Count;
    }

    /// <summary>False when the queue is full.</summary>
    public bool TryAdd(PendingCommit commit)
    {
        lock (_lock)
        {
            if (_count >= capacity)
                return false;

            _waiting[commit.Partition % Halves].Add(commit);
            _count++;
            return true;
        }
    }

    /// <summary>Takes a batch in order of arrival from the given halves; commits that must wait for another of the batch stay queued, in order.</summary>
    public void Take(bool first, bool second, int maxCommits, int maxBytes, List<PendingCommit> batch)
    {
        var rules = new BatchRules(maxCommits, maxBytes);
        lock (_lock)
        {
            if (first)
                Take(_waiting[0], rules, batch);
            if (second)
                Take(_waiting[1], rules, batch);
            Volatile.Write(ref _count, _waiting[0].Count + _waiting[1].Count);
        }
    }

    private static void Take(List<PendingCommit> waiting, BatchRules rules, List<PendingCommit> batch)
    {
        var kept = 0;
        var seen = 0;
        for (; seen < waiting.Count && !rules.IsFull; seen++)
        {
            var commit = waiting[seen];
            if (!rules.MayJoin(commit))
            {
                waiting[kept++] = commit;
                continue;
            }

            if (!commit.TryTake())
                continue;

            rules.Join(commit);
            batch.Add(commit);
        }

        if (kept < seen)
            waiting.RemoveRange(kept, seen - kept);
    }
}
