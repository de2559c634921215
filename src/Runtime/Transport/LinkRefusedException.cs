namespace AwoooP.Runtime.Transport;

/// <summary>A connection was made and became no link: nothing was sent over it.</summary>
internal sealed class LinkRefusedException : Exception
{
    public LinkRefusedException(Refusal reason, bool byPeer = false, Exception? inner = null)
        : base($"{(byPeer ? "The peer refused the connection" : "The connection was refused")}: {(reason is Refusal.Secret ? "the secrets differ" : reason)}.", inner)
    {
        Reason = reason;
        ByPeer = byPeer;
    }

    public Refusal Reason { get; }

    /// <summary>Whether the other end refused; else this one did.</summary>
    public bool ByPeer { get; }
}
