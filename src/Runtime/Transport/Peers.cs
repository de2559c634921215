using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Runtime.Transport;

/// <summary>All links of this process: at most one a peer.</summary>
internal sealed class Peers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PeerSlot> _silos = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Link> _clients = new(StringComparer.Ordinal);
    private readonly Lock _clientsGate = new();
    private readonly TransportContext _context;
    private readonly Dialler _dialler;
    private volatile bool _stopped;

    public Peers(ILocalPeer self, ILinkOwner owner, IOptions<ClusterOptions> options, TimeProvider time, TransportMetrics metrics, ILogger<Peers> logger)
    {
        _context = new TransportContext(self, options.Value, time, logger, metrics, owner) { Unregister = Remove };
        _dialler = new Dialler(_context);
        Acceptor = new Acceptor(this, _context);
    }

    public Acceptor Acceptor { get; }

    /// <summary>No link is made any longer.</summary>
    public bool IsStopped => _stopped;

    /// <summary>The open links, of silos and of clients.</summary>
    public IEnumerable<Link> All => _silos.Values.Select(static slot => slot.Current).OfType<Link>().Concat(_clients.Values.Where(static link => link.IsOpen));

    /// <summary>The open link to a silo, if there is one.</summary>
    public Link? TryGet(string siloId) => _silos.TryGetValue(siloId, out var slot) ? slot.Current : null;

    /// <summary>
    /// The link to a silo. Without one it is dialled, once for all that ask; a failure is told to all of them, and the
    /// next attempt waits for 50 ms to 2 s after it, longer with each failure. The token ends the waiting, not the attempt.
    /// </summary>
    /// <exception cref="LinkRefusedException">Either end refused.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">Nobody listens there.</exception>
    /// <exception cref="TimeoutException">The silo was to connect from its side, and did not.</exception>
    public ValueTask<Link> GetAsync(string siloId, string address, CancellationToken cancellationToken) =>
        _silos.GetOrAdd(siloId, static (id, peers) => new PeerSlot(id, peers, peers._dialler, peers._context), this).GetAsync(address, cancellationToken);

    /// <inheritdoc cref="PeerSlot.Admit"/>
    public Refusal Admit(Link link, Guid theirLast, string selfId) => link.Peer.Role == PeerRole.Client
        ? AdmitClient(link)
        : _silos.GetOrAdd(link.Peer.SiloId, static (id, peers) => new PeerSlot(id, peers, peers._dialler, peers._context), this).Admit(link, theirLast, selfId);

    /// <summary>Makes no links any longer and closes those there are; with the token cancelled they are cut.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_clientsGate)
            _stopped = true;
        foreach (var slot in _silos.Values)
            slot.Stop();
        await Task.WhenAll(All.Select(link => link.CloseAsync(cancellationToken).AsTask())).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _dialler.Dispose();
        _context.Tls?.Dispose();
    }

    private Refusal AdmitClient(Link link)
    {
        Link? replaced;
        lock (_clientsGate)
        {
            if (_stopped)
                return Refusal.NotReady;
            _clients.TryGetValue(link.Peer.SiloId, out replaced);
            _clients[link.Peer.SiloId] = link;
        }

        _context.Opened(link);
        replaced?.Abort(new LinkLostException("The client connected anew."));
        return Refusal.None;
    }

    private void Remove(Link link)
    {
        if (link.Peer.Role == PeerRole.Client)
            _clients.TryRemove(new(link.Peer.SiloId, link));
        else if (_silos.TryGetValue(link.Peer.SiloId, out var slot))
            slot.Remove(link);
    }
}
