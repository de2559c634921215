namespace AwoooP.Audit;

/// <summary>
/// How many refusals of one holder are told one by one, so that nobody fills the log: so many a minute, in whatever projects, and then a count of the others.
/// A holder is who can be told apart from all others (a key, a token's subject, an agent of one project): by their names alone, the actors of one tenant
/// would use up what is told of their namesakes in another.
/// Where a refusal says of what it tells once, such as a limit that is exceeded again and again, it is told once a minute and else counted.
/// Bounded itself: where there are too many holders, who was refused first is forgotten, so that none can keep the others off the record.
/// </summary>
public sealed class DenialBudget(TimeProvider time)
{
    /// <summary>Refusals of one holder, in all projects together, that are told one by one within <see cref="Window"/>.</summary>
    public const int Told = 20;

    public const int MaxHolders = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _holders = new(StringComparer.Ordinal);

    /// <summary>Refusals that were counted and are forgotten, since there were too many holders.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether the next refusal is told by itself; if not it has been counted.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="now">When it was refused.</param>
    /// <param name="once">What is told once a minute of this holder; null tells each.</param>
    public bool TryTake(DenialSource source, DateTimeOffset now, string? once = null)
    {
        lock (_gate)
        {
            var entry = Find(source.Holder);
            if (time.GetElapsedTime(entry.Began) >= Window)
                entry.Begin(time.GetTimestamp());
            if (entry.TryTake(once))
                return true;

            entry.Add(source, new DenialCount(1, now, now));
            return false;
        }
    }

    /// <summary>Counts what could not be told.</summary>
    public void Add(DenialSource source, DenialCount count)
    {
        lock (_gate)
            Find(source.Holder).Add(source, count);
    }

    /// <summary>Takes what was counted, and forgets who has been quiet.</summary>
    public List<(DenialSource Source, DenialCount Count)> Drain()
    {
        lock (_gate)
        {
            var counted = new List<(DenialSource, DenialCount)>();
            foreach (var (holder, entry) in _holders.ToList())
            {
                counted.AddRange(entry.Counted.Select(static count => (count.Key, count.Value)));
                entry.Counted.Clear();
                if (time.GetElapsedTime(entry.Began) >= Window)
                    _holders.Remove(holder);
            }

            return counted;
        }
    }

    private Entry Find(string holder)
    {
        if (_holders.TryGetValue(holder, out var entry))
            return entry;

        if (_holders.Count >= MaxHolders)
        {
            var (first, forgotten) = _holders.MinBy(static known => known.Value.Began);
            Lost += forgotten.Counted.Values.Sum(static count => count.Count);
            _holders.Remove(first);
        }

        _holders.Add(holder, entry = new Entry { Began = time.GetTimestamp() });
        return entry;
    }

    private sealed class Entry
    {
        /// <summary>What was told since <see cref="Began"/> and is not told again; no more than are told at all.</summary>
        private readonly HashSet<string> _once = new(StringComparer.Ordinal);

        private int _taken;

        public long Began { get; set; }

        public Dictionary<DenialSource, DenialCount> Counted { get; } = [];

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

        public void Add(DenialSource source, DenialCount more) => Counted[source] = Counted.TryGetValue(source, out var known)
            ? new DenialCount(known.Count + more.Count, known.Since < more.Since ? known.Since : more.Since, known.Until > more.Until ? known.Until : more.Until)
            : more;
    }
}

/// <summary>Whose refusals are counted together.</summary>
/// <param name="Holder">Whose bound they take from, in whatever projects.</param>
public readonly record struct DenialSource(string Project, string Actor, string Holder);

public readonly record struct DenialCount(long Count, DateTimeOffset Since, DateTimeOffset Until);
