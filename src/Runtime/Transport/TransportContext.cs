using Microsoft.Extensions.Logging;

namespace AwoooP.Runtime.Transport;

/// <summary>What every link of a process shares.</summary>
internal sealed record TransportContext(
    ILocalPeer Self, ClusterOptions Options, TimeProvider Time, ILogger Logger, TransportMetrics Metrics, ILinkOwner Owner)
{
    /// <summary>Null without TLS.</summary>
    public LinkTls? Tls { get; } = Options.Tls is { } tls ? new LinkTls(tls) : null;

    /// <summary>Set by <see cref="Peers"/>: a link is out of its directory before its owner hears of its end.</summary>
    public Action<Link> Unregister { get; set; } = static _ => { };

    public void Opened(Link link)
    {
        Metrics.Opened(link);
        TransportLog.Opened(Logger, link.Peer.Role, link.Peer.SiloId, link.Peer.Incarnation);
    }

    public void Refused(string remote, Refusal reason)
    {
        Metrics.Refused(reason);
        if (reason != Refusal.Collision)
            TransportLog.Refused(Logger, remote, reason);
    }

    public void Ended(Link link, Exception? cause)
    {
        Metrics.Closed(link);
        Unregister(link);
        TransportLog.Closed(Logger, link.Peer.SiloId, link.Peer.Incarnation, cause?.Message ?? "goodbye");
        Owner.Closed(link, cause);
    }
}
