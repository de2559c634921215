namespace AwoooP.Runtime.Transport;

internal enum PeerRole : byte
{
    None = 0,

    /// <summary>Hosts grains; dials and is dialled.</summary>
    Silo = 1,

    /// <summary>Calls grains only; dials and is never dialled.</summary>
    Client = 2,
}
