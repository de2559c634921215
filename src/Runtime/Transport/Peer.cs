namespace AwoooP.Runtime.Transport;

/// <summary>Who is at an end of a link.</summary>
/// <param name="SiloId">At most <see cref="MaxIdBytes"/> of UTF-8; of a client, an id of its own.</param>
/// <param name="Incarnation">Of the silo's lease; a client has none: 0.</param>
internal sealed record Peer(string SiloId, long Incarnation, PeerRole Role)
{
    public const int MaxIdBytes = 200;
}
