namespace AwoooP.Integrations.Outbound;

/// <summary>Where steps may send requests. Section <c>Integrations:Outbound</c>.</summary>
public sealed class OutboundOptions
{
    /// <summary>
    /// Scheme, host and port, e.g. <c>http://127.0.0.1:9000</c>. A request of a step to any other origin is refused with <c>origin_not_allowed</c>.
    /// Default: none, so that no step of kind http works.
    /// </summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Bytes of an answer that are read; the rest is cut. Default 65,536; 1,024 to 1,048,576.</summary>
    public int MaxResponseBytes { get; set; } = 64 * 1024;

    /// <summary>Bytes of a step's body. Default 65,536; a longer one is refused with <c>body_too_large</c>.</summary>
    public int MaxRequestBytes { get; set; } = 64 * 1024;

    /// <summary>An address that requests may be sent to: http or https, without credentials.</summary>
    internal static bool IsAddress(Uri? address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" };
}
