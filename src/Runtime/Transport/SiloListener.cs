using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AwoooP.Runtime.Transport;

/// <summary>
/// Accepts connections of silos and clients, on Kestrel's sockets but apart from the HTTP server: calls between silos have to
/// be answered until the grains are drained, which is after HTTP has stopped.
/// </summary>
internal sealed class SiloListener(
    Peers peers, IOptions<ClusterOptions> options, TimeProvider time, ILogger<SiloListener> logger) : IAsyncDisposable
{
    /// <summary>So many handshakes may be under way.</summary>
    public const int MaxHandshakes = 256;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Handshakes _handshakes = new(MaxHandshakes);
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>What others dial, once started; null when this process does not listen.</summary>
    public string? Address { get; private set; }

    /// <exception cref="IOException">The address is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!SiloAddress.TryParse(options.Value.Address, out var address))
            return;

        var ip = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.Host);
        var factory = new SocketTransportFactory(Options.Create(SocketSettings.ForListening()), NullLoggerFactory.Instance);
        _listener = await factory.BindAsync(new IPEndPoint(ip, address.Port), cancellationToken).ConfigureAwait(false);
        var bound = (IPEndPoint)_listener.EndPoint;
        Address = options.Value.AdvertisedAddress ?? new SiloAddress(bound.Address.ToString(), bound.Port).ToString();
        TransportLog.Listening(logger, Address);
        using (ExecutionContext.SuppressFlow())
            _accepting = AcceptAsync(_listener);
    }

    /// <summary>Takes no connections any longer; links stay.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_listener is not null)
            await _listener.UnbindAsync(cancellationToken).ConfigureAwait(false);
        await _accepting.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (_listener is not null)
            await _listener.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AcceptAsync(IConnectionListener listener)
    {
        await Task.Yield();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                while (await listener.AcceptAsync(CancellationToken.None).ConfigureAwait(false) is { } connection)
                    _ = ShakeHandsAsync(connection);
                return;
            }
            catch (Exception exception)
            {
                // Such as too many open files: it may pass, and a silo that cannot be reached is no use to the others.
                TransportLog.ListenerFailed(logger, exception);
                await Task.Delay(RetryDelay, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ShakeHandsAsync(ConnectionContext connection)
    {
        using var drop = new CancellationTokenSource();
        var handshake = _handshakes.Begin(drop);
        try
        {
            await peers.Acceptor.AcceptAsync(connection, drop.Token, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            TransportLog.ListenerFailed(logger, exception);
        }
        finally
        {
            _handshakes.End(handshake);
        }
    }
}
