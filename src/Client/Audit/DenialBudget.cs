namespace AwoooP.Client.Audit;

/// <summary>
/// How many refusals of one actor are told one by one, so that nobody fills the log: so many a minute, in whatever projects, and then a count of the others.
/// Bounded itself: where there are too many actors, who was refused first is forgotten, so that none can keep the others off the record.
/// </summary>
internal sealed class DenialBudget(TimeProvider time)
{
    /// <summary>Refusals of one actor, in all projects together, that are told one by one within <see cref="Window"/>.</summary>
    public const int Told = 20;

    public const int MaxActors = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _actors = new(StringComparer.Ordinal);

    /// <summary>Refusals that were counted and are forgotten, since there were too many actors.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether the next refusal is told by itself; if not it has been counted.</summary>
    public bool TryTake(DenialSource source, DateTimeOffset now)
    {
        lock (_gate)
        {
            var entry = Find(source.Actor);
            if (time.GetElapsedTime(entry.Began) >= Window)
                (entry.Began, entry.Taken) = (time.GetTimestamp(), 0);
            if (entry.Taken < Told)
            {
                entry.Taken++;
                return true;
            }

            entry.Add(source.Project, new DenialCount(1, now, now));
            return false;
        }
    }

    /// <summary>Counts what could not be told.</summary>
    public void Add(DenialSource source, DenialCount count)
    {
        lock (_gate)
            Find(source.Actor).Add(source.Project, count);
    }

    /// <summary>Takes what was counted, and forgets who has been quiet.</summary>
    public List<(DenialSource Source, DenialCount Count)> Drain()
    {
        lock (_gate)
        {
            var counted = new List<(DenialSource, DenialCount)>();
            foreach (var (actor, entry) in _actors.ToList())
            {
                counted.AddRange(entry.Counted.Select(count => (new DenialSource(count.Key, actor), count.Value)));
                entry.Counted.Clear();
                if (time.GetElapsedTime(entry.Began) >= Window)
                    _actors.Remove(actor);
            }

            return counted;
        }
    }

    private Entry Find(string actor)
    {
        if (_actors.TryGetValue(actor, out var entry))
            return entry;

        if (_actors.Count >= MaxActors)
        {
            var (first, forgotten) = _actors.MinBy(static known => known.Value.Began);
            Lost += forgotten.Counted.Values.Sum(static count => count.Count);
            _actors.Remove(first);
        }

        _actors.Add(actor, entry = new Entry { Began = time.GetTimestamp() });
        return entry;
    }

    private sealed class Entry
    {
        public long Began { get; set; }

        public int Taken { get; set; }

        /// <summary>By project.</summary>
        public Dictionary<string, DenialCount> Counted { get; } = new(StringComparer.Ordinal);

        public void Add(string project, DenialCount more) => Counted[project] = Counted.TryGetValue(project, out var known)
            ? new DenialCount(known.Count + more.Count, known.Since < more.Since ? known.Since : more.Since, known.Until > more.Until ? known.Until : more.Until)
            : more;
    }
}

/// <summary>Whose refusals are counted together.</summary>
internal readonly record struct DenialSource(string Project, string Actor);

internal readonly record struct DenialCount(long Count, DateTimeOffset Since, DateTimeOffset Until);
