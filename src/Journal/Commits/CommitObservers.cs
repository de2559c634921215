namespace AwoooP.Journal.Commits;

/// <summary>Tells the observers what a transaction has made durable.</summary>
internal sealed class CommitObservers(IEnumerable<ICommitObserver> observers)
{
    private readonly ICommitObserver[] _observers = [.. observers];

    /// <param name="positions">Where the last event of each commit stands.</param>
    public void Committed(IReadOnlyList<PendingCommit> commits, IReadOnlyList<Position> positions)
    {
        if (_observers.Length == 0)
            return;

        var events = new List<RecordedEvent>(commits.Count);
        Dictionary<short, DateTimeOffset>? wakes = null;
        for (var place = 0; place < commits.Count; place++)
        {
            var commit = commits[place].Commit;
            for (var index = 0; index < commit.Events.Count; index++)
                events.Add(commit.Recorded(index, positions[place]));
            foreach (var wake in commit.Wakes)
            {
                if (wake.DueAt is not { } dueAt)
                    continue;

                wakes ??= [];
                var partition = commits[place].Partition;
                if (!wakes.TryGetValue(partition, out var earliest) || dueAt < earliest)
                    wakes[partition] = dueAt;
            }
        }

        foreach (var observer in _observers)
        {
            observer.OnCommitted(events);
            if (wakes is null)
                continue;

            foreach (var (partition, dueAt) in wakes)
                observer.OnWakeSet(partition, dueAt);
        }
    }

    public void Uncertain(IReadOnlyList<short> partitions)
    {
        foreach (var partition in partitions)
            foreach (var observer in _observers)
                observer.OnUncertain(partition);
    }
}
