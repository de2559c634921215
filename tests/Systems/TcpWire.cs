using System.Net;
using System.Net.Sockets;

namespace AwoooP.Systems;

/// <summary>
/// The way of TCP connections to a port of this machine. It can be cut as a network is: no byte and no word of an end passes, and
/// what was under way arrives when it is mended. It can be slowed as well.
/// </summary>
public sealed class TcpWire : IAsyncDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly int _port;
    private readonly TcpListener _entrance = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _cut;
    private long _delayTicks;
    private int _begunWhileCut;

    /// <param name="port">Where the way leads.</param>
    public TcpWire(int port)
    {
        _port = port;
        _entrance.Start();
        Port = ((IPEndPoint)_entrance.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the way begins.</summary>
    public int Port { get; }

    /// <summary>How many connections were begun while it was cut: whoever began them had given up an older one, or needs a new one.</summary>
    public int BegunWhileCut => Volatile.Read(ref _begunWhileCut);

    public void Cut() => _cut ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        var cut = _cut;
        _cut = null;
        cut?.SetResult();
    }

    /// <summary>From now on whatever passes, either way, takes so much longer.</summary>
    public void Slow(TimeSpan delay) => Interlocked.Exchange(ref _delayTicks, delay.Ticks);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _entrance.Stop();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
            {
                var near = await _entrance.AcceptSocketAsync(_ending.Token);
                if (_cut is not null)
                    Interlocked.Increment(ref _begunWhileCut);
                carried.RemoveAll(static task => task.IsCompleted);
                carried.Add(CarryAsync(near));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (near)
        {
            near.NoDelay = far.NoDelay = true;
            try
            {
                await PassAsync();
                await far.ConnectAsync(IPAddress.Loopback, _port, _ending.Token);
                var (there, back) = (PumpAsync(near, far), PumpAsync(far, near));
                await Task.WhenAny(there, back).Unwrap();
                await Task.WhenAll(there, back);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One end is gone, or nobody listens at the other: closing both sockets tells the one that is left.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var chunk = new byte[ChunkBytes];
        while (true)
        {
            int read;
            try
            {
                read = await from.ReceiveAsync(chunk, _ending.Token);
            }
            catch (SocketException)
            {
                // That an end is gone does not pass a cut wire either.
                await PassAsync();
                throw;
            }

            await PassAsync();
            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            for (var sent = 0; sent < read;)
                sent += await to.SendAsync(chunk.AsMemory(sent, read - sent), _ending.Token);
        }
    }

    private async Task PassAsync()
    {
        var delay = TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, _ending.Token);
        while (_cut is { } cut)
            await cut.Task.WaitAsync(_ending.Token);
    }
}
