using System.Net;
using System.Net.Sockets;

namespace AwoooP.Integrations.Outbound;

/// <summary>
/// The one client for calls that leave the platform: no proxy, no cookies, no credentials, no automatic redirects, bounded headers and connect time.
/// Addresses of the link (where clouds serve their machines' credentials) are refused after resolution, so that no name can lead there.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    private const int MaxHeaderKilobytes = 32;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        ActivityHeadersPropagator = null,
        ConnectCallback = ConnectAsync,
    });

    /// <summary>Returns once the headers are there. The caller's token bounds the call and the reading of the body.</summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _invoker.SendAsync(request, cancellationToken);
        }
        catch (OperationCanceledException late) when (late.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // So the handler tells of a connection that did not come about in time: nothing was sent.
            throw new HttpRequestException(HttpRequestError.ConnectionError, late.InnerException.Message, late);
        }
    }

    public void Dispose() => _invoker.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => !IsLinkLocal(address));
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host has no address that may be called.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLinkLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.IsIPv6LinkLocal || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
    }
}
