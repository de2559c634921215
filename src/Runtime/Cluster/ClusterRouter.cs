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
    private readonly ConcurrentDictionary<string, Route> _routes = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Link, LinkCalls> _links = [];
    private EmbeddedEngine? _engine;
    private Peers? _peers;
    private ParkedCalls? _parked;

    public ClusterRouter(IClusterMap map)
    {
        _map = map;
        _map.Changed += Unpark;
    }

    public int Parked => _parked?.Count ?? 0;

    /// <summary>Ownership may have changed: the calls that wait for it are sent on their way again.</summary>
    public void Unpark() => _parked?.Unpark();

    private EmbeddedEngine Engine => _engine ?? throw new InvalidOperationException("The engine has not started.");

    /// <summary>At the engine's start, before the first link: the engine and the links know each other through this.</summary>
    public void Attach(EmbeddedEngine engine, Peers peers)
    {
        _peers = peers;
        _parked = new ParkedCalls(engine.Wheel, engine.Options, Redispatch);
        engine.Diagnostics.Observe(_parked);
        _engine = engine;
    }

    /// <summary>The grain is not here: the call goes where it is, or waits until it is somewhere.</summary>
    public void Send(Request request, Site site)
    {
        if (request.Reply is { } reply)
        {
            // The asking side looked at an old map. A call is sent on once; after that the asking side looks again.
            reply.Link.Link.Send(FrameKind.MapChanged, []);
            if (site.Kind == SiteKind.Nowhere || request.Hops > 1)
            {
                request.Fail(new NotHereException());
                return;
            }

            Engine.Diagnostics.Forwarded(request.Host.GrainType);
        }

        if (site.Owner is not { } owner)
        {
            Park(request);
            return;
        }

        Engine.Diagnostics.Sent(request.Host.GrainType);
        _routes.GetOrAdd(owner.SiloId, static (siloId, self) => new Route(siloId, self._peers!, self.Engine.Options.MaxParkedCalls, self.CallsOf, self.Park), this).Send(request, owner);
    }

    /// <summary>Calls that waited for an activation that has left. Not at once: its gate is held.</summary>
    public void Redispatch(WaitingTurns waiting) => ThreadPool.UnsafeQueueUserWorkItem(
        static state =>
        {
            var (waiting, self) = state;
            while (waiting.Count > 0)
            {
                if (waiting.RemoveFirst() is Request { IsAnswered: false } request)
                    self.Redispatch(request);
            }
        },
        (waiting, this),
        preferLocal: false);

    void ILinkOwner.Received(Link link, FrameKind kind, ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            Received(link, kind, body.FirstSpan);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(rented);
        Received(link, kind, rented.AsSpan(0, (int)body.Length));
        ArrayPool<byte>.Shared.Return(rented);
    }

    void ILinkOwner.Closed(Link link, Exception? cause)
    {
        if (!_links.TryGetValue(link, out var calls))
            return;
        foreach (var request in calls.Close())
        {
            request.MarkSent(null);
            Engine.Diagnostics.Lost(request.Host.GrainType);
            request.MayHaveRun = true;
            if (MayRepeat(request))
                Park(request);
            else
                request.Fail(new CallLostException(request.TargetId, request.Call.Method.Name));
        }

        _map.Refresh();
    }

    private void Received(Link link, FrameKind kind, ReadOnlySpan<byte> body)
    {
        var frame = new FrameReader(body);
        switch (kind)
        {
            case FrameKind.Request:
                ReceiveRequest(CallsOf(link), ref frame);
                break;
            case FrameKind.Answer:
                if (CallsOf(link).Answered(frame.Int64()) is { } answered)
                    Complete(answered, frame.Rest);
                break;
            case FrameKind.Fault:
                if (CallsOf(link).Answered(frame.Int64()) is { } failed)
                    ReceiveFault(failed, ref frame);
                break;
            case FrameKind.Cancel:
                CallsOf(link).CancelReceived(frame.Int64());
                break;
            case FrameKind.MapChanged:
                _map.Refresh();
                break;
        }
    }

    private void ReceiveRequest(LinkCalls link, ref FrameReader frame)
    {
        var received = RequestFrame.Read(ref frame, Engine.Options);
        Request request;
        try
        {
            request = Accept(received, frame.Rest, link);
        }
        catch (Exception refusal)
        {
            // Whatever it is, it is this call's: the others of the link go on.
            if (!received.IsOneWay)
                link.Fault(received.Id, refusal, hasRun: false);
            return;
        }

        if (!received.IsOneWay)
            link.Begin(received.Id, request);
        request.Host.Receive(request);
    }

    private Request Accept(ReceivedCall received, ReadOnlySpan<byte> arguments, LinkCalls link)
    {
        var (reference, call) = Engine.Resolve(received.GrainType, received.Interface, received.Method, received.Key);
        RequestFrame.ReadArguments(arguments, call, Engine.Options.Messages);
        var visitor = new ReceivedCallVisitor(reference, new Reply(received, link));
        call.Accept(visitor);
        return visitor.Request!;
    }

    private static void Complete(Request request, ReadOnlySpan<byte> payload)
    {
        try
        {
            request.Complete(payload);
        }
        catch (Exception unreadable)
        {
            request.Fail(unreadable);
        }
    }

    private void ReceiveFault(Request request, ref FrameReader frame)
    {
        var (code, message) = FaultFrame.Read(ref frame);
        request.MarkSent(null);
        if (code is FaultFrame.NotHere || (code is FaultFrame.Lost && MayRepeat(request)))
        {
            request.MayHaveRun |= code is FaultFrame.Lost;
            _map.Refresh();
            Park(request);
        }
        else if (code is FaultFrame.Overloaded or FaultFrame.Unplaced or FaultFrame.UnknownMethod)
        {
            request.Refuse(FaultFrame.Restore(code, message, request, Engine.Options.PromisedFaults));
        }
        else
        {
            request.Fail(FaultFrame.Restore(code, message, request, Engine.Options.PromisedFaults));
        }
    }

    /// <summary>Whether a call that may have run may run again.</summary>
    private bool MayRepeat(Request request) =>
        request.Reply is null
        && (request.Call.Method.IsReadOnly || request.Call.Method.IsAlwaysInterleave
            || (request.Values is { } values && Engine.Options.IsRepeatable(values.Get)));

    private void Park(Request request)
    {
        if (request.Reply is not null)
            request.Fail(new NotHereException());
        else
            _parked!.Park(request);
    }

    private LinkCalls CallsOf(Link link) => _links.GetValue(link, link => new LinkCalls(link, Engine.Options));

    private void Redispatch(Request request) => request.Host.Deliver(request);
}
