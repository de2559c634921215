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

    internal static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0;
}
