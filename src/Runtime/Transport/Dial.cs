namespace AwoooP.Runtime.Transport;

/// <summary>One attempt to connect to a peer. Its state is read and changed under the lock of its <see cref="PeerSlot"/>.</summary>
internal sealed class Dial(TimeSpan timeout, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _limit = new(timeout, time);

    /// <summary>Cancelled when the attempt takes too long or is given up.</summary>
    public CancellationToken Token => _limit.Token;

    /// <summary>The peer may know of this attempt.</summary>
    public bool SaidHello { get; set; }

    /// <summary>From here on the peer may have accepted, so its verdict is waited for and followed.</summary>
    public bool Proved { get; set; }

    /// <summary>The peer's own connection came first.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Leaves what is cancelled to another thread, so that it may be called under the lock.</summary>
    public void Cancel() => _ = _limit.CancelAsync();

    public void Dispose() => _limit.Dispose();
}
