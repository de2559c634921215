using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AwoooP.Demo;

namespace AwoooP.Cluster.Tests;

/// <summary>
/// A request over HTTP that the kernel has taken, with its connection, and that waits there until the process it is for gets to it: a client
/// of the library does not tell when a request has left.
/// </summary>
internal sealed class WaitingRequest : IDisposable
{
    /// <summary>As that of <see cref="PatientClient"/>.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly TcpClient _connection = new();

    private WaitingRequest()
    {
    }

    /// <summary>Returns when all of it lies with the kernel.</summary>
    public static async Task<WaitingRequest> SendAsync(Uri server, string path, string key)
    {
        var request = new WaitingRequest();
        await request._connection.ConnectAsync(IPAddress.Loopback, server.Port);
        // Of HTTP 1.0, whose answers end with the connection and are not chunked.
        var head = $"GET /{path} HTTP/1.0\r\nHost: {server.Authority}\r\nAuthorization: Bearer {key}\r\n\r\n";
        await request._connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return request;
    }

    public async Task<CallEnd> AnswerAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var reader = new StreamReader(_connection.GetStream(), Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(patience.Token);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        // "HTTP/1.1 200 OK"
        var status = int.Parse(answer.Split(' ', 3)[1], NumberStyles.None, CultureInfo.InvariantCulture);
        return new CallEnd((HttpStatusCode)status, null, answer[(end + 4)..], WasSent: true);
    }

    public void Dispose() => _connection.Dispose();
}
