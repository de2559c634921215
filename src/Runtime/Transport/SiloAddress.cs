using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace AwoooP.Runtime.Transport;

/// <summary>An address as it is written: "host:port", with an IPv6 address in brackets.</summary>
public readonly record struct SiloAddress(string Host, int Port)
{
    /// <summary>Whether only this machine can be at the other end. A name other than localhost may lead anywhere.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether it needs no look-up of a name.</summary>
    public bool IsIp => Host == "localhost" || IPAddress.TryParse(Host, out _);

    /// <summary>Whether it stands for every address of this machine: to be listened on, not dialled.</summary>
    public bool IsAny => IPAddress.TryParse(Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    public static bool TryParse([NotNullWhen(true)] string? text, out SiloAddress address)
    {
        address = default;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon < 1 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
            return false;

        var host = text![..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':'))
            return false;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return false;

        address = new(host, port);
        return true;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
