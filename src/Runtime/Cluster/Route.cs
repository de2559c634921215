using AwoooP.Journal.Membership;
using AwoooP.Runtime.Timing;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>The way to one other silo. While there is no link, calls wait here for it in their order.</summary>
internal sealed class Route(string siloId, Peers peers, int maxWaiting, Func<Link, LinkCalls> callsOf, TimingWheel wheel)
{
    /// <summary>For so long a silo that could not be reached is not preferred.</summary>
    private static readonly TimeSpan Cooldown = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long _avoidUntil;
    private LinkCalls? _link;
    private Waiting? _waiting;

    /// <summary>Whether the silo could not be reached a moment ago: where there is a choice, another one is taken.</summary>
    public bool IsDown => Volatile.Read(ref _link) is not { Link.IsOpen: true } && wheel.Now < Volatile.Read(ref _avoidUntil);

    /// <summary>The calls that wait for a link.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
                return _waiting?.Calls.Count ?? 0;
        }
    }

    public void Send(IOutboundCall call, ClusterMember owner)
    {
        if (Volatile.Read(ref _link) is { Link.IsOpen: true } link && Volatile.Read(ref _waiting) is null)
        {
            SendOver(link, call);
            return;
        }

        lock (_gate)
        {
            if (_waiting is null)
            {
                Volatile.Write(ref _waiting, new Waiting(owner, new Queue<IOutboundCall>([call])));
                // Not in the caller's turn.
                ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Route.ConnectAsync(state.Waiting), (Route: this, Waiting: _waiting), preferLocal: false);
                return;
            }

            if (_waiting.Calls.Count < maxWaiting)
            {
                _waiting.Calls.Enqueue(call);
                return;
            }
        }

        call.Refuse(OverloadedException.OfSilo(siloId));
    }

    /// <summary>Nobody waits for a link to a silo that is no more: its grains will be elsewhere.</summary>
    public void Follow(ClusterView view)
    {
        Waiting? waiting;
        lock (_gate)
        {
            waiting = _waiting;
            if (waiting is null || !view.IsOver(siloId, waiting.Owner.Incarnation))
                return;
            Volatile.Write(ref _waiting, null);
        }

        foreach (var call in waiting.Calls)
            call.Return(siloId);
    }

    private async Task ConnectAsync(Waiting waiting)
    {
        LinkCalls? link = null;
        try
        {
            var connected = peers.TryGet(siloId) ?? await peers.GetAsync(siloId, waiting.Owner.Address!, CancellationToken.None).ConfigureAwait(false);
            if (connected.Peer.Incarnation < waiting.Owner.Incarnation)
                connected.Abort(new LinkLostException("The silo is another by now, by the map."));
            else
                link = callsOf(connected);
        }
        catch (Exception)
        {
            // Told by the transport. Another silo may own the grains by the time they are looked for again.
            Volatile.Write(ref _avoidUntil, wheel.After(Cooldown));
        }

        Flush(waiting, link);
    }

    private void Flush(Waiting waiting, LinkCalls? link)
    {
        while (true)
        {
            IOutboundCall? call;
            lock (_gate)
            {
                if (_waiting != waiting)
                    return;
                if (!waiting.Calls.TryDequeue(out call))
                {
                    _link = link;
                    Volatile.Write(ref _waiting, null);
                    return;
                }
            }

            if (link is null)
                call.Return(siloId);
            else
                SendOver(link, call);
        }
    }

    private void SendOver(LinkCalls link, IOutboundCall call)
    {
        if (call.IsAnswered)
            return;
        SendResult result;
        try
        {
            result = link.Send(call);
        }
        catch (Exception unspeakable)
        {
            // An argument that cannot be written.
            call.Refuse(unspeakable);
            return;
        }

        if (result == SendResult.Full)
            call.Refuse(OverloadedException.OfSilo(siloId));
        else if (result == SendResult.Closed)
            call.Return(siloId);
    }

    /// <param name="Owner">The silo as the first of them saw it.</param>
    private sealed record Waiting(ClusterMember Owner, Queue<IOutboundCall> Calls);
}
