namespace AwoooP.Audit;

/// <summary>
/// How many refusals of one actor are told one by one, so that nobody fills the log: so many a minute, in whatever projects, and then a count of the others.
/// Where a refusal says of what it tells once, such as a limit that is exceeded again and again, it is told once a minute and else counted.
/// Bounded itself: where there are too many actors, who was refused first is forgotten, so that none can keep the others off the record.
/// </summary>
public sealed class DenialBudget(TimeProvider time)
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
    /// <param name="source">Whose it is.</param>
    /// <param name="now">When it was refused.</param>
    /// <param name="once">What is told once a minute of this actor; null tells each.</param>
    public bool TryTake(DenialSource source, DateTimeOffset now, string? once = null)
    {
        lock (_gate)
        {
            var entry = Find(source.Actor);
            if (time.GetElapsedTime(entry.Began) >= Window)
                entry.Begin(time.GetTimestamp());
            if (entry.TryTake(once))
                return true;

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
        /// <summary>What was told since <see cref="Began"/> and is not told again; no more than are told at all.</summary>
        private readonly HashSet<string> _once = new(StringComparer.Ordinal);

        private int _taken;

        public long Began { get; set; }

        /// <summary>By project.</summary>
        public Dictionary<string, DenialCount> Counted { get; } = new(StringComparer.Ordinal);

        public void Begin(long now)
        {
            (Began, _taken) = (now, 0);
            _once.Clear();
        }

        public bool TryTake(string? once)
        {
            if (_taken >= Told || (once is not null && !_once.Add(once)))
                return false;

            _taken++;
            return true;
        }

        public void Add(string project, DenialCount more) => Counted[project] = Counted.TryGetValue(project, out var known)
            ? new DenialCount(known.Count + more.Count, known.Since < more.Since ? known.Since : more.Since, known.Until > more.Until ? known.Until : more.Until)
            : more;
    }
}

/// <summary>Whose refusals are counted together.</summary>
public readonly record struct DenialSource(string Project, string Actor);

public readonly record struct DenialCount(long Count, DateTimeOffset Since, DateTimeOffset Until);
