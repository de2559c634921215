namespace AwoooP.Journal.Intake;

/// <summary>Items worked off a second, smoothed over about ten seconds, from which the wait of a refused sender is estimated.</summary>
internal sealed class DrainRate(TimeProvider time)
{
    private const double MemorySeconds = 10;

    private readonly Lock _gate = new();
    private long _at = time.GetTimestamp();
    private double _perSecond;
    private long _open;

    public void Add(long items)
    {
        lock (_gate)
        {
            _open += items;
            var seconds = time.GetElapsedTime(_at).TotalSeconds;
            if (seconds < 0.1)
                return;
            var weight = 1 - Math.Exp(-seconds / MemorySeconds);
            _perSecond += weight * ((_open / seconds) - _perSecond);
            _open = 0;
            _at = time.GetTimestamp();
        }
    }

    /// <summary>When so many items will have been worked off: 1 s to 60 s.</summary>
    public TimeSpan TimeFor(long items)
    {
        lock (_gate)
            return TimeSpan.FromSeconds(_perSecond <= 0 ? 5 : Math.Clamp(Math.Ceiling(items / _perSecond), 1, 60));
    }
}
