using System.Net;
using System.Net.Sockets;

namespace AwoooP.Demo;

/// <summary>Ports of 127.0.0.1.</summary>
public static class LoopbackPort
{
    // Below those that systems give to outgoing connections, so that none may hold the port of a program that starts again, and below those that
    // AwoooP gives to a local PostgreSQL.
    private const int Lowest = 10_000;
    private const int Limit = 20_000;
    private static int _last = Random.Shared.Next(Limit - Lowest);

    /// <summary>The lowest of so many in a row that nobody listens on. This process is given each once, until it has been given all.</summary>
    public static int Free(int count = 1)
    {
        while (true)
        {
            var first = Lowest + ((Interlocked.Add(ref _last, count) - count) % (Limit - Lowest));
            if (first + count <= Limit && Enumerable.Range(first, count).All(IsFree))
                return first;
        }
    }

    /// <summary>Whether a program could listen there.</summary>
    public static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
