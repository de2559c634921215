namespace AwoooP.Client.Audit;

/// <summary>
/// How many refusals of one actor are told one by one, so that nobody fills the log: so many a minute, and then a count of the others.
/// Bounded itself; what finds no place is <see cref="Lost"/>.
/// </summary>
internal sealed class DenialBudget(TimeProvider time)
{
    /// <summary>Refusals of one actor in one project that are told one by one within <see cref="Window"/>.</summary>
    public const int Told = 20;

    private const int MaxSources = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<DenialSource, Entry> _sources = [];

    /// <summary>Refusals that are neither told nor counted, since there were too many actors.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether the next refusal is told by itself; if not it has been counted.</summary>
    public bool TryTake(DenialSource source, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (Find(source) is not { } entry)
                return false;

            if (time.GetElapsedTime(entry.Began) >= Window)
                (entry.Began, entry.Taken) = (time.GetTimestamp(), 0);
            if (entry.Taken < Told)
            {
                entry.Taken++;
                return true;
            }

            entry.Add(new DenialCount(1, now, now));
            return false;
        }
    }

    /// <summary>Counts what could not be told.</summary>
    public void Add(DenialSource source, DenialCount count)
    {
        lock (_gate)
        {
            if (Find(source) is { } entry)
                entry.Add(count);
            else
                Lost += count.Count - 1;
        }
    }

    /// <summary>Takes what was counted, and forgets who has been quiet.</summary>
    public List<(DenialSource Source, DenialCount Count)> Drain()
    {
        lock (_gate)
        {
            var counted = new List<(DenialSource, DenialCount)>();
            foreach (var (source, entry) in _sources.ToList())
            {
                if (entry.Counted is { } count)
                    counted.Add((source, count));
                entry.Counted = null;
                if (time.GetElapsedTime(entry.Began) >= Window)
                    _sources.Remove(source);
            }

            return counted;
        }
    }

    private Entry? Find(DenialSource source)
    {
        if (_sources.TryGetValue(source, out var entry))
            return entry;

        if (_sources.Count >= MaxSources)
        {
            Lost++;
            return null;
        }

        _sources.Add(source, entry = new Entry { Began = time.GetTimestamp() });
        return entry;
    }

    private sealed class Entry
    {
        public long Began { get; set; }

        public int Taken { get; set; }

        public DenialCount? Counted { get; set; }

        public void Add(DenialCount more) => Counted = Counted is { } known
            ? new DenialCount(known.Count + more.Count, known.Since < more.Since ? known.Since : more.Since, known.Until > more.Until ? known.Until : more.Until)
            : more;
    }
}

/// <summary>Whose refusals are counted together.</summary>
internal readonly record struct DenialSource(string Project, string Actor);

internal readonly record struct DenialCount(long Count, DateTimeOffset Since, DateTimeOffset Until);
