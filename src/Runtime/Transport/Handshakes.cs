namespace AwoooP.Runtime.Transport;

/// <summary>
/// The connections that came in and have not proved themselves yet. They are bounded: over it the oldest is dropped, so that however many
/// strangers come and stay silent, whoever knows the secret gets the moment that a proof takes.
/// </summary>
internal sealed class Handshakes(int most)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<CancellationTokenSource> _underWay = [];

    /// <param name="drop">Cancelled when it has to make room.</param>
    public LinkedListNode<CancellationTokenSource> Begin(CancellationTokenSource drop)
    {
        lock (_gate)
        {
            if (_underWay.Count == most)
            {
                var oldest = _underWay.First!;
                _underWay.RemoveFirst();
                // Not here: what is cancelled goes on at once.
                _ = oldest.Value.CancelAsync();
            }

            return _underWay.AddLast(drop);
        }
    }

    public void End(LinkedListNode<CancellationTokenSource> handshake)
    {
        lock (_gate)
        {
            if (handshake.List is not null)
                _underWay.Remove(handshake);
        }
    }
}
