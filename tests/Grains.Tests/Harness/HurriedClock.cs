using System.Collections.Concurrent;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Every wait of at most some length is over at once, and is remembered; longer ones never end. So a loop shows its pauses without taking their time.</summary>
internal sealed class HurriedClock(TimeSpan longest) : TimeProvider
{
    /// <summary>The clock's waits are of whole milliseconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime > longest)
            return TimeProvider.System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        _pauses.Enqueue(dueTime);
        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    /// <summary>The pauses doubled up to the bound, and no two loops would have kept in step.</summary>
    public void ShouldHaveBackedOff(TimeSpan first)
    {
        TimeSpan[] pauses = [.. _pauses];
        foreach (var (index, pause) in pauses.Index())
        {
            var doubled = first * Math.Pow(2, Math.Min(index, 30));
            var most = doubled < longest ? doubled : longest;
            pause.ShouldBeInRange((most / 2) - Rounding, most, $"pause {index + 1}");
        }

        pauses.Length.ShouldBeGreaterThan(20);
        pauses.TakeLast(10).Distinct().Count().ShouldBeGreaterThan(1, "pauses of the same bound differ");
    }
}
