using System.Threading.Channels;

namespace AwoooP.Journal;

/// <summary>Wakes the one who waits for it. It is remembered until then, however often it was set.</summary>
internal sealed class Signal
{
    private readonly Channel<byte> _set =
        Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Never blocks, and runs nothing of the waiter's.</summary>
    public void Set() => _set.Writer.TryWrite(0);

    /// <summary>Returns at once when it was set since the last wait.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _set.Reader.ReadAsync(cancellationToken);

    /// <summary>Returns when it was set, or after that long.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // So long it was not set.
        }
    }
}
