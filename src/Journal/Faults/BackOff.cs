using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Faults;

/// <summary>Exponential, bounded, with jitter over its upper half, so that many who fail together do not come back together.</summary>
public static class BackOff
{
    /// <summary>How long to wait after the last of some failures in a row, by the options of the delivery.</summary>
    public static TimeSpan After(int failures, DeliveryOptions options) => After(failures, options.FirstBackOff, options.MaxBackOff);

    /// <summary>How long to wait after the last of some failures in a row.</summary>
    /// <param name="failures">From 1.</param>
    /// <param name="first">The most after the first; each further failure doubles it.</param>
    /// <param name="longest">The most after any.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var doublings = Math.Clamp(failures - 1, 0, 30);
        var ceiling = Math.Min(first.Ticks * Math.Pow(2, doublings), longest.Ticks);
        return TimeSpan.FromTicks((long)(ceiling * (0.5 + (Random.Shared.NextDouble() / 2))));
    }
}
