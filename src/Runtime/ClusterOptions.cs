namespace AwoooP.Runtime;

/// <summary>How silos, and clients of silos, are connected. Validated when the host starts.</summary>
public sealed class ClusterOptions
{
    /// <summary>
    /// Where this silo accepts connections, "host:port". The host is an IP address or localhost; port 0 takes a free one.
    /// Null, the default, accepts none: then this process only dials.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>What others dial, "host:port", where it is not <see cref="Address"/>; needed when that is 0.0.0.0 or [::].</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>What all processes of the cluster know and prove to each other. At least 32 bytes of chance.</summary>
    public byte[] Secret { get; set; } = [];

    /// <summary>Whether only this machine may be listened on and dialled. It has to be so when nobody chose the secret.</summary>
    public bool LoopbackOnly { get; set; }

    /// <summary>Null, the default: connections are proved but not encrypted.</summary>
    public ClusterTlsOptions? Tls { get; set; }

    /// <summary>The longest body of a frame, in bytes. Default 8 MiB. Two ends use the lower of their bounds.</summary>
    public int MaxFrameBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>The most bytes that wait to be sent over one connection. Default 16 MiB. Above it calls are refused as overload.</summary>
    public int MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long connecting, and the handshake of a connection that came in, may take. Default 5 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often an idle connection carries a sign of life. Default 1 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After how long without a byte from the other end a connection is given up. Default 5 s; at least twice
    /// <see cref="PingInterval"/>.
    /// </summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
