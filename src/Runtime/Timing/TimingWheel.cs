using System.Numerics;

namespace AwoooP.Runtime.Timing;

/// <summary>
/// Deadlines by the hundred thousand: setting one is a write to an array under a lock that few share, and clearing one is
/// nothing at all. A deadline fires at its time or up to two ticks later, never earlier. It is also the engine's coarse clock.
/// </summary>
internal sealed class TimingWheel : IDisposable
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private const int SlotCount = 1024;
    private readonly WheelSlot[][] _stripes;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _clock;
    private readonly Lock _turning = new();
    private readonly List<IWheelEntry> _due = [];
    private long _now;

    public TimingWheel(TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _stripes = [.. Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount))
            .Select(static _ => Enumerable.Range(0, SlotCount).Select(static _ => new WheelSlot()).ToArray())];
        using (ExecutionContext.SuppressFlow())
            _clock = time.CreateTimer(static state => ((TimingWheel)state!).Turn(), this, Tick, Tick);
    }

    /// <summary>The current tick; a read of memory, not of a clock.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>How many deadlines are held, passed over or not.</summary>
    public int Count => _stripes.Sum(static stripe => stripe.Sum(static slot => slot.Count));

    /// <summary>The first tick by which the span has passed for sure.</summary>
    public long After(TimeSpan span) => Now + 1 + Ticks(span);

    /// <summary>The span in ticks, rounded up.</summary>
    public static long Ticks(TimeSpan span) => (span.Ticks + Tick.Ticks - 1) / Tick.Ticks;

    /// <summary>Should the wheel go by meanwhile, as when the caller was held up between reading the clock and getting here, it fires at the next tick.</summary>
    public void Add(IWheelEntry entry, TimeSpan deadline)
    {
        var dueTick = After(deadline);
        while (!TryAdd(entry, dueTick))
            dueTick = Now + 1;
    }

    /// <returns>False when the wheel has gone by that tick: it would not look there again for a whole round.</returns>
    public bool TryAdd(IWheelEntry entry, long dueTick)
    {
        var stripe = _stripes[Environment.CurrentManagedThreadId & (_stripes.Length - 1)];
        return stripe[dueTick & (SlotCount - 1)].TryAdd(entry, dueTick);
    }

    public void Dispose() => _clock.Dispose();

    private void Turn()
    {
        lock (_turning)
        {
            var target = _time.GetElapsedTime(_origin).Ticks / Tick.Ticks;
            if (target <= _now)
                return;
            var first = Math.Max(_now + 1, target - SlotCount + 1);
            Volatile.Write(ref _now, target);
            for (var tick = first; tick <= target; tick++)
            {
                foreach (var stripe in _stripes)
                    stripe[tick & (SlotCount - 1)].TakeDue(target, _due);
            }

            foreach (var entry in _due)
                entry.Expire();
            _due.Clear();
        }
    }
}
