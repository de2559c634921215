using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AwoooP.Runtime.Transport;

/// <summary>Makes connections to silos.</summary>
internal sealed class Dialler(TransportContext context) : IDisposable
{
    private readonly SocketConnectionContextFactory _connections = new(SocketSettings.ForDialling(), context.Logger);

    /// <returns>A link that is not started yet.</returns>
    /// <exception cref="LinkRefusedException">Either end refused.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public async Task<Link> ConnectAsync(PeerSlot slot, Dial dial, string text)
    {
        var self = context.Self.Current ?? throw new LinkRefusedException(Refusal.NotReady);
        if (!SiloAddress.TryParse(text, out var address))
            throw new ArgumentException($"'{text}' is no address of a silo.", nameof(text));
        if (context.Options.LoopbackOnly && !address.IsLoopback)
            throw new LinkRefusedException(Refusal.LoopbackOnly);

        var connection = await OpenAsync(address, dial.Token).ConfigureAwait(false);
        var channel = new LinkChannel(connection);
        try
        {
            if (context.Tls is { } tls)
                channel = await tls.DialAsync(connection, address.Host, dial.Token).ConfigureAwait(false);
            return await ShakeHandsAsync(channel, self, slot, dial).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (exception is LinkRefusedException { ByPeer: false } refused)
                context.Refused(channel.Remote, refused.Reason);
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose() => _connections.Dispose();

    private async Task<Link> ShakeHandsAsync(LinkChannel channel, Peer self, PeerSlot slot, Dial dial)
    {
        var handshake = new Handshake(channel);
        if (!slot.MaySayHello(dial))
            throw GivenUp();

        var mine = Hello.Create(self, context.Options.MaxFrameBytes, slot.SiloId);
        await handshake.SendHelloAsync(mine, dial.Token).ConfigureAwait(false);
        var theirs = await handshake.ReceiveHelloAsync(dial.Token).ConfigureAwait(false);
        if (theirs.Peer.Role != PeerRole.Silo || theirs.Peer.SiloId != slot.SiloId)
            throw new LinkRefusedException(Refusal.WrongPeer);
        if (!slot.MayProve(dial, out var last))
            throw GivenUp();

        var challenge = new Challenge(context.Options.Secret, mine, theirs, channel.Binding);
        await handshake.SendProofAsync(challenge, last, dial.Token).ConfigureAwait(false);
        await handshake.ReceiveVerdictAsync(challenge, dial.Token).ConfigureAwait(false);
        return new Link(channel, theirs.Peer, challenge.LinkId, isDialled: true, Math.Min(mine.MaxFrameBytes, theirs.MaxFrameBytes), context);
    }

    // The peer's own connection came first: nothing was refused, and nothing is counted.
    private static OperationCanceledException GivenUp() => new("The peer connected from its side.");

    private async Task<ConnectionContext> OpenAsync(SiloAddress address, CancellationToken cancellationToken)
    {
        var isLiteral = IPAddress.TryParse(address.Host, out var ip);
        var socket = isLiteral ? new Socket(ip!.AddressFamily, SocketType.Stream, ProtocolType.Tcp) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(isLiteral ? new IPEndPoint(ip!, address.Port) : new DnsEndPoint(address.Host, address.Port), cancellationToken).ConfigureAwait(false);
            return _connections.Create(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
