using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>Takes calls to the silos that their grains are at, and brings in the calls of other silos.</summary>
internal sealed partial class ClusterRouter : ILinkOwner
{
    private readonly IClusterMap _map;
    private readonly Placement _placement;
    private readonly ConcurrentDictionary<string, Route> _routes = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Link, LinkCalls> _links = [];
    // Once, and not for each frame that comes.
    private readonly ConditionalWeakTable<Link, LinkCalls>.CreateValueCallback _createCalls;
    private readonly ForwardedCalls _forwarded = new();
    private readonly WorkerSites _workers;
    private EmbeddedEngine? _engine;
    private Peers? _peers;
    private ParkedCalls? _parked;

    public ClusterRouter(IClusterMap map, Placement placement)
    {
        _map = map;
        _placement = placement;
        _createCalls = link => new LinkCalls(link, Engine.Options);
        _workers = new WorkerSites(map, siloId => _routes.TryGetValue(siloId, out var route) && route.IsDown);
        _map.Changed += Follow;
        _placement.OwnershipChanged += Unpark;
    }

    /// <summary>The calls that wait for an owner, or for a link to one.</summary>
    public int Parked => (_parked?.Count ?? 0) + _routes.Sum(static route => route.Value.WaitingCount);

    /// <summary>The calls of other silos that were passed on and not answered yet.</summary>
    public int Forwarded => _forwarded.Count;

    private EmbeddedEngine Engine => _engine ?? throw new InvalidOperationException("The engine has not started.");

    /// <summary>At the engine's start, before the first link: the engine and the links know each other through this.</summary>
    public void Attach(EmbeddedEngine engine, Peers peers)
    {
        _peers = peers;
        _parked = new ParkedCalls(engine.Wheel, engine.Options);
        engine.Diagnostics.Observe(this);
        _engine = engine;
    }

    /// <summary>The grain is not here: the call goes where it is, or waits until it is somewhere.</summary>
    public void Send(Request request, Site site)
    {
        if (request is not IOutboundCall call)
        {
            // It came from another silo and was read here. The asking side has it as it was written, and looks again where the grain is.
            request.Reply!.Link.MapChanged();
            request.Fail(new NotHereException());
        }
        else
        {
            Send(request, call, site.Owner);
        }
    }

    /// <summary>A call of a stateless worker from a process that hosts no grains: any silo will do.</summary>
    public void SendToAny(Request request) => Send(request, (IOutboundCall)request, _workers.Choose(request.Key));

    /// <summary>Waits until ownership may have changed, or for a moment, and is then sent on its way again.</summary>
    /// <param name="siloId">The silo that cannot be reached; null when it is not known which one to reach.</param>
    public void Park(Request request, string? siloId) => _parked!.Park(request, siloId);

    /// <summary>The silo that the map names is not the one: waits for a map that is right.</summary>
    public void LookAgain(Request request)
    {
        _map.Refresh();
        Park(request, null);
    }

    /// <summary>From here on whoever asks by an old map looks again, instead of being passed on.</summary>
    /// <returns>Done when what was passed on is answered: then the links that it went over may be closed.</returns>
    public Task StopForwardingAsync() => _forwarded.CloseAsync();

    /// <summary>Ownership may have changed: the calls that wait for it are sent on their way again.</summary>
    public void Unpark() => _parked?.Unpark();

    /// <summary>What was sent to a silo that is no more, and what waits for it, need not wait for the connection to find out.</summary>
    private void Follow()
    {
        var view = _map.Current;
        foreach (var link in _peers?.All ?? [])
        {
            if (link.Peer.Role == PeerRole.Silo && view.IsOver(link.Peer.SiloId, link.Peer.Incarnation))
                link.Abort(new LinkLostException("The silo is no more, by the map."));
        }

        foreach (var (_, route) in _routes)
            route.Follow(view);
        Unpark();
    }

    private void Send(Request request, IOutboundCall call, ClusterMember? silo)
    {
        if (silo is null)
        {
            Park(request, null);
            return;
        }

        Engine.Diagnostics.Sent(request.Host.GrainType);
        RouteTo(silo).Send(call, silo);
    }

    private Route RouteTo(ClusterMember owner) => _routes.GetOrAdd(
        owner.SiloId, static (siloId, self) => new Route(siloId, self._peers!, self.Engine.Options.MaxParkedCallsPerSilo, self.CallsOf, self.Engine.Wheel), this);

    private LinkCalls CallsOf(Link link) => _links.GetValue(link, _createCalls);
}
