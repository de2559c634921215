using System.Net;
using System.Net.Sockets;

namespace AwoooP.Bench.Intake;

/// <summary>
/// One keep-alive connection that sends prepared requests and reads the status of each answer. Leaner than a full client,
/// since it shares two cores with what it measures.
/// </summary>
internal sealed class SenderConnection : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];

    public static async Task<SenderConnection> OpenAsync(IPEndPoint server)
    {
        var connection = new SenderConnection();
        await connection._socket.ConnectAsync(server);
        return connection;
    }

    /// <summary>Sends one request and answers its HTTP status.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
            sent += await _socket.SendAsync(request[sent..]);

        var filled = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (read == 0)
                throw new IOException("The server closed the connection.");

            filled += read;
            if (Answer.TryParse(_buffer.AsSpan(0, filled), out var status))
                return status;
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
