using AwoooP.Journal.Membership;
using AwoooP.Runtime.Calls;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>The way to one other silo. While there is no link, calls wait here for it in their order.</summary>
internal sealed class Route(string siloId, Peers peers, int maxWaiting, Func<Link, LinkCalls> callsOf, Action<Request> park)
{
    private readonly Lock _gate = new();
    private LinkCalls? _link;
    private Queue<Request>? _waiting;

    public void Send(Request request, ClusterMember owner)
    {
        if (Volatile.Read(ref _link) is { Link.IsOpen: true } link && Volatile.Read(ref _waiting) is null)
        {
            SendOver(link, request);
            return;
        }

        lock (_gate)
        {
            if (_waiting is null)
            {
                Volatile.Write(ref _waiting, new Queue<Request>([request]));
                // Not in the caller's turn.
                ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Route.ConnectAsync(state.Owner), (Route: this, Owner: owner), preferLocal: false);
                return;
            }

            if (_waiting.Count < maxWaiting)
            {
                _waiting.Enqueue(request);
                return;
            }
        }

        request.Refuse(OverloadedException.OfLink(siloId));
    }

    private async Task ConnectAsync(ClusterMember owner)
    {
        LinkCalls? link = null;
        try
        {
            link = callsOf(peers.TryGet(siloId) ?? await peers.GetAsync(siloId, owner.Address!, CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception)
        {
            // Told by the transport. Another silo may own the grains by the time they are looked for again.
        }

        Flush(link);
    }

    private void Flush(LinkCalls? link)
    {
        while (true)
        {
            Request? request;
            lock (_gate)
            {
                if (!_waiting!.TryDequeue(out request))
                {
                    _link = link;
                    Volatile.Write(ref _waiting, null);
                    return;
                }
            }

            if (link is null)
                park(request);
            else
                SendOver(link, request);
        }
    }

    private void SendOver(LinkCalls link, Request request)
    {
        if (request.IsAnswered)
            return;
        SendResult result;
        try
        {
            result = link.Send(request);
        }
        catch (Exception unspeakable)
        {
            // An argument that cannot be written.
            request.Fail(unspeakable);
            return;
        }

        if (result == SendResult.Full)
            request.Refuse(OverloadedException.OfLink(siloId));
        else if (result == SendResult.Closed)
            park(request);
    }
}
