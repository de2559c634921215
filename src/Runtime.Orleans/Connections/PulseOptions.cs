namespace AwoooP.Runtime.Connections;

/// <summary>How often each end of a connection gives a sign of life, and after how long without any byte the other end gives the connection up.</summary>
internal sealed record PulseOptions(TimeSpan Interval, TimeSpan SilenceLimit)
{
    /// <summary>As between embedded silos.</summary>
    public static PulseOptions Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    public int SilentBeats => (int)Math.Ceiling(SilenceLimit / Interval);
}
