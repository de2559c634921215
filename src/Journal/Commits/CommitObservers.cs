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
            Record(commits[place].Commit, positions[place], events);
            foreach (var wake in commits[place].Commit.Wakes)
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

    private static void Record(Commit commit, Position last, List<RecordedEvent> events)
    {
        for (var index = 0; index < commit.Events.Count; index++)
        {
            var raised = commit.Events[index];
            events.Add(new RecordedEvent
            {
                Position = last with { Seq = last.Seq - commit.Events.Count + index + 1 },
                Id = commit.Id,
                Version = commit.ExpectedVersion + index + 1,
                Type = raised.Type,
                TypeVersion = raised.TypeVersion,
                Data = raised.Data,
                Actor = commit.Actor,
                At = commit.At,
                TraceId = commit.TraceId,
                CommandId = commit.CommandId,
                Causation = commit.Causation,
                Depth = commit.Depth,
            });
        }
    }
}
