namespace AwoooP.Journal.Delivery.Wakes;

/// <summary>The wake-ups that fire now, and those that have fired and are not to fire again before a time.</summary>
internal sealed class WakeAttempts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WakeKey, Attempt> _attempts = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _attempts.Count;
        }
    }

    /// <summary>False when it fires now, or must rest yet.</summary>
    public bool TryBegin(DueWake wake, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_attempts.TryGetValue(wake.Key, out var attempt) && (attempt.IsRunning || (attempt.DueAt == wake.DueAt && attempt.NotBefore > now)))
                return false;
            var failures = attempt?.DueAt == wake.DueAt ? attempt.Failures : 0;
            _attempts[wake.Key] = new Attempt(wake.DueAt, failures, now, IsRunning: true);
            return true;
        }
    }

    /// <summary>How often one that fires now has failed before.</summary>
    public int FailuresOf(WakeKey key)
    {
        lock (_gate)
            return _attempts[key].Failures;
    }

    public void End(DueWake wake, int failures, DateTimeOffset notBefore)
    {
        lock (_gate)
            _attempts[wake.Key] = new Attempt(wake.DueAt, failures, notBefore, IsRunning: false);
    }

    /// <summary>Forgets what is not due any more, which a commit has handled, and answers when the others may fire again.</summary>
    public List<DateTimeOffset> Settle(IEnumerable<DueWake> due)
    {
        var standing = due.Select(wake => wake.Key).ToHashSet();
        var again = new List<DateTimeOffset>();
        lock (_gate)
        {
            foreach (var (key, attempt) in _attempts.ToList())
            {
                if (attempt.IsRunning)
                    continue;
                if (standing.Contains(key))
                    again.Add(attempt.NotBefore);
                else
                    _attempts.Remove(key);
            }
        }

        return again;
    }

    private sealed record Attempt(DateTimeOffset DueAt, int Failures, DateTimeOffset NotBefore, bool IsRunning);
}
