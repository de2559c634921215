using System.Net;
using System.Net.Sockets;
using AwoooP.Runtime.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Runtime.Tests.Transport;

/// <summary>An end that does the handshake by hand, and then what a test wants.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly SocketConnectionContextFactory _factory = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);

    public RawPeer(Socket socket) => Channel = new LinkChannel(_factory.Create(socket));

    public LinkChannel Channel { get; }

    /// <summary>A plain connection.</summary>
    public static async Task<Socket> ConnectAsync(TestPeer to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(to.Address), CancellationToken.None);
        return socket;
    }

    /// <summary>A connection through the whole handshake.</summary>
    public static async Task<RawPeer> JoinAsync(TestPeer to, Peer self)
    {
        var raw = new RawPeer(await ConnectAsync(to));
        var handshake = new Handshake(raw.Channel);
        var mine = Hello.Create(self, 1 << 20, to.Id);
        await handshake.SendHelloAsync(mine, CancellationToken.None);
        var theirs = await handshake.ReceiveHelloAsync(CancellationToken.None);
        var challenge = new Challenge(TestPeer.Secret, mine, theirs, default);
        await handshake.SendProofAsync(challenge, Guid.Empty, CancellationToken.None);
        await handshake.ReceiveVerdictAsync(challenge, CancellationToken.None);
        return raw;
    }

    public async Task SendAsync(params byte[] bytes) => await Channel.Output.WriteAsync(bytes, CancellationToken.None);

    /// <summary>All that comes until the connection ends.</summary>
    public static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TestSilo.Patience);
        var all = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var count)
                all.Write(buffer, 0, count);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It ended, with bytes of ours unread.
        }

        return all.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        _factory.Dispose();
    }
}
