namespace AwoooP.Runtime.Transport;

/// <summary>Why a connection became no link. The values are sent.</summary>
internal enum Refusal : byte
{
    None = 0,

    /// <summary>What came is not our handshake.</summary>
    Stranger = 1,
    Version = 2,
    Secret = 3,
    TooLong = 4,
    TooSlow = 5,

    /// <summary>The other end hung up before the handshake was over.</summary>
    HungUp = 6,

    /// <summary>The connection that the other side dials, or has dialled, is the one that stays.</summary>
    Collision = 7,

    /// <summary>A later incarnation of that silo is known.</summary>
    Stale = 8,

    /// <summary>It is not the silo that was dialled, or it is this silo itself.</summary>
    WrongPeer = 9,

    /// <summary>This process is nobody yet, or no longer.</summary>
    NotReady = 10,

    /// <summary>Too many handshakes are under way.</summary>
    Crowded = 11,
    Tls = 12,

    /// <summary>The secret is one that nobody chose, and the other end is beyond this machine.</summary>
    LoopbackOnly = 13,
}
