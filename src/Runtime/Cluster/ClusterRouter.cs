using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AwoooP.Journal.Membership;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>Takes calls to the silos that their grains are at, and brings in the calls of other silos.</summary>
internal sealed class ClusterRouter : ILinkOwner
{
    private readonly IClusterMap _map;
    private readonly Placement _placement;
    private readonly ConcurrentDictionary<string, Route> _routes = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Link, LinkCalls> _links = [];
    // Once, and not for each frame that comes.
    private readonly ConditionalWeakTable<Link, LinkCalls>.CreateValueCallback _createCalls;
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

    public int Parked => _parked?.Count ?? 0;

    private EmbeddedEngine Engine => _engine ?? throw new InvalidOperationException("The engine has not started.");

    /// <summary>At the engine's start, before the first link: the engine and the links know each other through this.</summary>
    public void Attach(EmbeddedEngine engine, Peers peers)
    {
        _peers = peers;
        _parked = new ParkedCalls(engine.Wheel, engine.Options);
        engine.Diagnostics.Observe(_parked);
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

    /// <summary>Ownership may have changed: the calls that wait for it are sent on their way again.</summary>
    public void Unpark() => _parked?.Unpark();

    /// <summary>Calls that waited for an activation that is not theirs any more. Not at once: its gate is held.</summary>
    public static void Redispatch(WaitingTurns waiting)
    {
        if (waiting.Count > 0)
            ThreadPool.UnsafeQueueUserWorkItem(static waiting => DeliverAgain(waiting), waiting, preferLocal: false);
    }

    void ILinkOwner.Received(Link link, FrameKind kind, ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            Received(CallsOf(link), kind, body.FirstSpan);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(rented);
        Received(CallsOf(link), kind, rented.AsSpan(0, (int)body.Length));
        ArrayPool<byte>.Shared.Return(rented);
    }

    void ILinkOwner.Closed(Link link, Exception? cause)
    {
        if (!_links.TryGetValue(link, out var calls))
            return;
        calls.Close();
        _map.Refresh();
    }

    private void Received(LinkCalls link, FrameKind kind, ReadOnlySpan<byte> body)
    {
        var frame = new FrameReader(body);
        switch (kind)
        {
            case FrameKind.Request:
                ReceiveRequest(link, RequestHeader.Read(ref frame), ref frame);
                break;
            case FrameKind.Answer:
                link.Answered(frame.Int64())?.Complete(frame.Rest);
                break;
            case FrameKind.Fault:
                link.Answered(frame.Int64())?.Fail(frame.Rest);
                break;
            case FrameKind.Cancel:
                link.CancelReceived(frame.Int64());
                break;
            case FrameKind.MapChanged:
                // A client has nothing to tell of who owns what.
                if (link.Link.Peer.Role == PeerRole.Silo)
                    _map.Refresh();
                break;
        }
    }

    private void ReceiveRequest(LinkCalls link, in RequestHeader header, ref FrameReader frame)
    {
        if (link.IsFull)
        {
            Refuse(link, header, OverloadedException.OfCallsFrom(link.Link.Peer.SiloId));
            return;
        }

        var site = header.IsAnywhere ? Site.Here : _placement.Locate(header.Partition);
        if (site.Kind == SiteKind.Here)
            Accept(link, header, ref frame);
        else
            PassOn(link, header, frame.Rest, site);
    }

    private void Accept(LinkCalls link, in RequestHeader header, ref FrameReader frame)
    {
        var received = RequestFrame.Read(header, ref frame, Engine.Options);
        Request request;
        try
        {
            request = Read(received, frame.Rest, link);
        }
        catch (Exception refusal)
        {
            // Whatever it is, it is this call's: the others of the link go on.
            Refuse(link, header, refusal);
            return;
        }

        if (!header.IsOneWay)
            link.Begin(header.Id, (IInboundCall)request);
        request.Host.Receive(request);
    }

    private Request Read(ReceivedCall received, ReadOnlySpan<byte> arguments, LinkCalls link)
    {
        var (reference, call) = Engine.Resolve(received.Header.GrainType, received.Interface, received.Method, received.Key);
        RequestFrame.ReadArguments(arguments, call, Engine.Options.Messages);
        var visitor = new ReceivedCallVisitor(reference, new Reply(received, link));
        call.Accept(visitor);
        return visitor.Request!;
    }

    /// <summary>The asking side looked at an old map. A call is passed on once; after that the asking side looks again.</summary>
    private void PassOn(LinkCalls link, in RequestHeader header, ReadOnlySpan<byte> rest, Site site)
    {
        link.MapChanged();
        if (site.Owner is not { } owner || header.Hops > 0)
        {
            Refuse(link, header, new NotHereException());
            return;
        }

        Engine.Diagnostics.Forwarded(Engine.GrainTypeOf(header.GrainType));
        var call = new ForwardedCall(header, rest.ToArray(), link, Engine.Wheel);
        if (!header.IsOneWay)
            link.Begin(header.Id, call);
        RouteTo(owner).Send(call, owner);
    }

    private void Refuse(LinkCalls link, in RequestHeader header, Exception refusal)
    {
        if (header.IsOneWay)
            EngineLog.OneWayCallRefused(Engine.Logger, Engine.GrainTypeOf(header.GrainType), link.Link.Peer.SiloId, refusal);
        else
            link.Fault(header.Id, refusal, hasRun: false);
    }

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

    private static void DeliverAgain(WaitingTurns waiting)
    {
        while (waiting.Count > 0)
        {
            if (waiting.RemoveFirst() is not Request { IsAnswered: false } request)
                continue;
            request.Target = null;
            request.DeliverAgain();
        }
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
