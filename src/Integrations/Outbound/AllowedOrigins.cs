using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Outbound;

/// <summary>Decides which addresses steps may call.</summary>
internal sealed class AllowedOrigins(IOptions<OutboundOptions> options)
{
    private readonly FrozenSet<string> _origins = options.Value.AllowedOrigins.Select(origin => OriginOf(new Uri(origin))).ToFrozenSet(StringComparer.Ordinal);

    /// <returns>A stable code of the refusal, or null when the address may be called.</returns>
    public string? Refuse(string? url, out Uri? address)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out address) || address.Scheme is not ("http" or "https"))
            return "url_invalid";
        if (address.UserInfo.Length > 0)
            return "url_with_credentials";
        return _origins.Contains(OriginOf(address)) ? null : "origin_not_allowed";
    }

    /// <summary>Host in its comparable form, port always named, so that different spellings of one origin are equal.</summary>
    private static string OriginOf(Uri uri) => $"{uri.Scheme}://{uri.IdnHost.ToLowerInvariant()}:{uri.Port}";
}
