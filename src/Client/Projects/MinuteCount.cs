namespace AwoooP.Client.Projects;

/// <summary>Counts up to a bound within one minute, and begins anew with the next. Takes no lock: every alert of every sender comes by.</summary>
internal sealed class MinuteCount
{
    /// <summary>The minute above, its count below.</summary>
    private long _state;

    /// <param name="minute">Never less than in a call before, but for callers that overtake each other.</param>
    /// <param name="bound">Never passed.</param>
    /// <param name="used">What was counted in this minute before.</param>
    public bool TryAdd(uint minute, int items, int bound, out int used)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _state);
            used = CountOf(seen, minute);
            if ((long)used + items > bound)
                return false;

            if (Interlocked.CompareExchange(ref _state, Pack(minute, used + items), seen) == seen)
                return true;
        }
    }

    /// <summary>Takes back what was counted in the minute and did not happen after all.</summary>
    public void Return(uint minute, int items)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _state);
            if ((uint)(seen >> 32) != minute || Interlocked.CompareExchange(ref _state, Pack(minute, Math.Max(0, CountOf(seen, minute) - items)), seen) == seen)
                return;
        }
    }

    private static int CountOf(long state, uint minute) => (uint)(state >> 32) == minute ? (int)state : 0;

    private static long Pack(uint minute, int count) => ((long)minute << 32) | (uint)count;
}
