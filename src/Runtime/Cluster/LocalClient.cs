using AwoooP.Runtime.Transport;

namespace AwoooP.Runtime.Cluster;

/// <summary>A process that calls grains and hosts none, as its links introduce it. It has no lease, so it is somebody from the start.</summary>
internal sealed class LocalClient(string id) : ILocalPeer
{
    public Peer? Current { get; } = new Peer(id, 0, PeerRole.Client);
}
