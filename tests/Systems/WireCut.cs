using System.Net.Sockets;

namespace AwoooP.Systems;

/// <summary>One cut of a wire, from before it happens until it is mended.</summary>
internal sealed class WireCut : IDisposable
{
    private readonly CancellationTokenSource _begun = new();
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WireWays _ways;

    /// <summary>What passes no more; none before it happens.</summary>
    public WireWays Ways => _ways;

    /// <summary>Fires when it happens.</summary>
    public CancellationToken Begun => _begun.Token;

    /// <summary>Done when no connection is accepted any more.</summary>
    public Task AcceptedLast => _accepted.Task;

    public Task Mended => _mended.Task;

    /// <summary>Takes the last place of those that wait to be accepted.</summary>
    public Socket Filler { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public async Task BeginAsync(WireWays ways)
    {
        _ways = ways;
        await _begun.CancelAsync();
    }

    public void AcceptNoMore() => _accepted.TrySetResult();

    public void Mend() => _mended.TrySetResult();

    public void Dispose()
    {
        _begun.Dispose();
        Filler.Dispose();
    }
}
