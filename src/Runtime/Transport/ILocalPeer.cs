namespace AwoooP.Runtime.Transport;

/// <summary>Who this process is. It is asked at each handshake: an incarnation lasts as long as the lease.</summary>
internal interface ILocalPeer
{
    /// <summary>Null as long as this process is nobody yet: it then neither dials nor accepts.</summary>
    Peer? Current { get; }
}
