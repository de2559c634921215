using Microsoft.AspNetCore.Connections;

namespace AwoooP.Runtime.Transport;

/// <summary>Makes links of connections that came in, or closes them.</summary>
internal sealed class Acceptor(Peers peers, TransportContext context)
{
    /// <param name="drop">Others need the room.</param>
    public async Task AcceptAsync(ConnectionContext connection, CancellationToken drop, CancellationToken stopping)
    {
        var channel = new LinkChannel(connection);
        using var limit = new CancellationTokenSource(context.Options.HandshakeTimeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, drop, stopping);
        try
        {
            if (context.Tls is { } tls)
                channel = await tls.AcceptAsync(connection, either.Token).ConfigureAwait(false);
            await ShakeHandsAsync(channel, either.Token).ConfigureAwait(false);
            return;
        }
        catch (LinkRefusedException refused)
        {
            context.Refused(channel.Remote, refused.Reason);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            context.Refused(channel.Remote, stopping.IsCancellationRequested ? Refusal.NotReady : drop.IsCancellationRequested ? Refusal.Crowded : Refusal.TooSlow);
        }
        catch (IOException)
        {
            context.Refused(channel.Remote, Refusal.HungUp);
        }
        catch (Exception exception)
        {
            TransportLog.AcceptFailed(context.Logger, channel.Remote, exception);
        }

        await channel.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ShakeHandsAsync(LinkChannel channel, CancellationToken cancellationToken)
    {
        var handshake = new Handshake(channel);
        var theirs = await ReceiveHelloAsync(handshake, cancellationToken).ConfigureAwait(false);
        var self = context.Self.Current ?? throw new LinkRefusedException(Refusal.NotReady);
        var mine = Hello.Create(self, context.Options.MaxFrameBytes, wanted: "");
        await handshake.SendHelloAsync(mine, cancellationToken).ConfigureAwait(false);

        var challenge = new Challenge(context.Options.Secret, theirs, mine, channel.Binding);
        if (await handshake.ReceiveProofAsync(challenge, cancellationToken).ConfigureAwait(false) is not { } last)
            throw await RefuseAsync(Refusal.Secret).ConfigureAwait(false);
        if (theirs.Wanted != self.SiloId || theirs.Peer.SiloId == self.SiloId)
            throw await RefuseAsync(Refusal.WrongPeer).ConfigureAwait(false);

        var link = new Link(channel, theirs.Peer, challenge.LinkId, isDialled: false, Math.Min(mine.MaxFrameBytes, theirs.MaxFrameBytes), context);
        if (peers.Admit(link, last, self.SiloId) is not Refusal.None and var verdict)
            throw await RefuseAsync(verdict).ConfigureAwait(false);

        // From here on the link is known, and its end is told as that of a link.
        try
        {
            await handshake.SendVerdictAsync(challenge, Refusal.None, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await link.DiscardAsync(exception).ConfigureAwait(false);
            return;
        }

        link.Start();

        async Task<LinkRefusedException> RefuseAsync(Refusal reason)
        {
            await handshake.SendVerdictAsync(challenge, reason, cancellationToken).ConfigureAwait(false);
            return new LinkRefusedException(reason);
        }
    }

    private static async Task<Hello> ReceiveHelloAsync(Handshake handshake, CancellationToken cancellationToken)
    {
        try
        {
            return await handshake.ReceiveHelloAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LinkRefusedException refused) when (refused.Reason == Refusal.Version)
        {
            await handshake.SendVersionAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }
}
