namespace AwoooP.Journal;

internal static class Timestamps
{
    /// <summary>By how much the clock's timestamps grow in such a time.</summary>
    public static long TimestampTicks(this TimeProvider clock, TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);
}
