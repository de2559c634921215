namespace AwoooP.Runtime.Connections;

/// <summary>How often each end of a connection pings, and after how long without any byte the other end gives the connection up.</summary>
internal sealed record PingOptions(TimeSpan PingInterval, TimeSpan PingTimeout)
{
    /// <summary>As between embedded silos.</summary>
    public static PingOptions Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    public int SilentBeats => (int)Math.Ceiling(PingTimeout / PingInterval);
}
