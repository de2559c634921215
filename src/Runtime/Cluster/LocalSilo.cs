using AwoooP.Journal.Membership;
using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>This silo as its links introduce it: nobody before it has joined, and after it was declared dead.</summary>
internal sealed class LocalSilo(SiloIdentity silo, LeaseGuard lease) : ILocalPeer
{
    private Peer? _current;

    public Peer? Current
    {
        get
        {
            if (lease.Incarnation is not { } incarnation)
                return null;
            var known = Volatile.Read(ref _current);
            if (known?.Incarnation == incarnation.Number)
                return known;
            var current = new Peer(silo.SiloId, incarnation.Number, PeerRole.Silo);
            Volatile.Write(ref _current, current);
            return current;
        }
    }
}
