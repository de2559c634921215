using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AwoooP.Client.Auth;

/// <summary>
/// Whether a request may do without a key because only this machine can have sent it. That holds while every address that the
/// server listens on is loopback, the connection came in on one, the Host names one (else a page of a rebound DNS name could
/// ask), and no other site's page made the request.
/// </summary>
internal sealed class LoopbackAccess(IServer server)
{
    private readonly Lazy<bool> _listensOnLoopbackOnly = new(() =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses && addresses.All(IsLoopbackAddress));

    public bool Allows(HttpContext context) =>
        _listensOnLoopbackOnly.Value
        && context.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local)
        && IsLoopbackHost(context.Request.Host.Host)
        && context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("cross-site" or "same-site")
        && (context.Request.Headers.Origin is [] || SameOrigin.Holds(context.Request));

    private static bool IsLoopbackAddress(string address) => IsLoopbackHost(BindingAddress.Parse(address).Host);

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var ip) && IPAddress.IsLoopback(ip));
}
