using System.Buffers;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Hosting;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>What comes in over the links: calls of other silos and of clients, and what became of the calls that were sent to them.</summary>
internal sealed partial class ClusterRouter
{
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
            Forward(link, header, frame.Rest, site);
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

    /// <summary>The asking side looked at an old map. A call is forwarded once; after that the asking side looks again.</summary>
    private void Forward(LinkCalls link, in RequestHeader header, ReadOnlySpan<byte> rest, Site site)
    {
        link.MapChanged();
        if (site.Owner is not { } owner || header.Hops > 0)
        {
            Refuse(link, header, new NotHereException());
            return;
        }

        var call = new ForwardedCall(header, rest.ToArray(), link, _forwarded, Engine.Wheel);
        if (!header.IsOneWay)
        {
            link.Begin(header.Id, call);
            if (!_forwarded.Begin())
            {
                call.Refuse(new NotHereException());
                return;
            }
        }

        Engine.Diagnostics.Forwarded(Engine.GrainTypeOf(header.GrainType));
        RouteTo(owner).Send(call, owner);
    }

    private void Refuse(LinkCalls link, in RequestHeader header, Exception refusal)
    {
        if (header.IsOneWay)
            EngineLog.OneWayCallRefused(Engine.Logger, Engine.GrainTypeOf(header.GrainType), link.Link.Peer.SiloId, refusal);
        else
            link.Fault(header.Id, refusal, hasRun: false);
    }
}
