using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AwoooP.Systems;

/// <summary>
/// The way of TCP connections to a port of this machine. It can be cut as a network is, both ways or one: no byte and no word of an end
/// passes, who connects hears nothing, and what was under way arrives when it is mended. It can be slowed as well.
/// </summary>
/// <remarks>
/// While it is cut, either way, a connection is not even begun: the kernel drops its first packet, since as many wait to be accepted as may,
/// and who connects sends it again and again (SYN-SENT). Of a cut one way only the kernel's own acknowledgements pass still: a sender
/// is not held up by them.
/// </remarks>
public sealed class TcpWire : IAsyncDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private const int Backlog = 512;

    /// <summary>Linux then lets one wait, and drops the packets of the others.</summary>
    private const int BacklogWhileCut = 0;

    /// <summary>On the loopback address a place that is free is had at once.</summary>
    private static readonly TimeSpan FillerPatience = TimeSpan.FromMilliseconds(500);

    private readonly int _port;
    private readonly Socket _entrance = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private volatile WireCut _cut = new();
    private long _delayTicks;

    /// <param name="port">Where the way leads.</param>
    public TcpWire(int port)
    {
        _port = port;
        _entrance.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _entrance.Listen(Backlog);
        Port = ((IPEndPoint)_entrance.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the way begins.</summary>
    public int Port { get; }

    /// <summary>Returns when nothing passes any more, and no connection is begun.</summary>
    public async Task CutAsync(WireWays ways = WireWays.Both)
    {
        var cut = _cut;
        if (cut.Ways != WireWays.None)
            throw new InvalidOperationException("It is cut already.");

        await cut.BeginAsync(ways);
        await cut.AcceptedLast;
        _entrance.Listen(BacklogWhileCut);
        using var patience = new CancellationTokenSource(FillerPatience);
        try
        {
            await cut.Filler.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Somebody else has taken the place, which does as well.
            cut.Filler.Dispose();
        }
    }

    public void Mend()
    {
        var cut = _cut;
        if (cut.Ways == WireWays.None)
            return;

        _entrance.Listen(Backlog);
        _cut = new WireCut();
        cut.Dispose();
        cut.Mend();
    }

    /// <summary>From now on whatever passes, either way, takes so much longer.</summary>
    public void Slow(TimeSpan delay) => Interlocked.Exchange(ref _delayTicks, delay.Ticks);

    /// <summary>How many have sent the first packet of a connection over it and hear nothing, as the kernel tells.</summary>
    public async Task<int> CountConnectingAsync()
    {
        const string Connecting = "02";
        var port = string.Create(CultureInfo.InvariantCulture, $":{Port:X4}");
        var count = 0;
        // A socket for both families stands in the second.
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(table))
                continue;

            // "sl local_address rem_address st ...", with a line of names above.
            foreach (var line in await File.ReadAllLinesAsync(table))
            {
                var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (columns.Length > 3 && columns[3] == Connecting && columns[2].EndsWith(port, StringComparison.Ordinal))
                    count++;
            }
        }

        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _entrance.Dispose();
        await _accepting;
        _cut.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
            {
                var cut = _cut;
                if (await AcceptUntilAsync(cut.Begun) is { } near)
                {
                    carried.RemoveAll(static task => task.IsCompleted);
                    carried.Add(CarryAsync(near));
                }
                else
                {
                    cut.AcceptNoMore();
                    await cut.Mended.WaitAsync(_ending.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carried);
        }
    }

    /// <summary>The next connection; null when the wire was cut before there was one.</summary>
    private async Task<Socket?> AcceptUntilAsync(CancellationToken isCut)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(isCut, _ending.Token);
        try
        {
            return await _entrance.AcceptAsync(until.Token);
        }
        catch (OperationCanceledException) when (!_ending.IsCancellationRequested)
        {
            return null;
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
                await PassAsync(WireWays.Both);
                // Who is gone again, as whatever filled the entrance during a cut is, is announced to nobody.
                if (near.Poll(TimeSpan.Zero, SelectMode.SelectRead) && near.Available == 0)
                    return;

                await far.ConnectAsync(IPAddress.Loopback, _port, _ending.Token);
                var (there, back) = (PumpAsync(near, far, WireWays.There), PumpAsync(far, near, WireWays.Back));
                await Task.WhenAny(there, back).Unwrap();
                await Task.WhenAll(there, back);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One end is gone, or nobody listens at the other: closing both sockets tells the one that is left.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, WireWays way)
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
                await PassAsync(way);
                throw;
            }

            await PassAsync(way);
            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            for (var sent = 0; sent < read;)
                sent += await to.SendAsync(chunk.AsMemory(sent, read - sent), _ending.Token);
        }
    }

    private async Task PassAsync(WireWays way)
    {
        var delay = TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, _ending.Token);
        while (_cut is var cut && (cut.Ways & way) != WireWays.None)
            await cut.Mended.WaitAsync(_ending.Token);
    }
}
