using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Faults;

/// <summary>Exponential, bounded, with jitter over its upper half, so that many who fail together do not come back together.</summary>
internal static class BackOff
{
    public static TimeSpan After(int failures, DeliveryOptions options) => After(failures, options.FirstBackOff, options.MaxBackOff);

    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var doublings = Math.Clamp(failures - 1, 0, 30);
        var ceiling = Math.Min(first.Ticks * Math.Pow(2, doublings), longest.Ticks);
        return TimeSpan.FromTicks((long)(ceiling * (0.5 + (Random.Shared.NextDouble() / 2))));
    }
}
