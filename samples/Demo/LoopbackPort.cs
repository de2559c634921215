using System.Net;
using System.Net.Sockets;

namespace AwoooP.Demo;

/// <summary>Ports of 127.0.0.1.</summary>
public static class LoopbackPort
{
    // Below those that systems give to outgoing connections: no connection may hold the port of a program that starts again.
    private const int Lowest = 20_000;
    private const int Limit = 32_768;
    private static int _last = Random.Shared.Next(Lowest, Limit);

    /// <summary>One that nobody listens on, and that this process has not been given lately.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Lowest + (int)((uint)Interlocked.Increment(ref _last) % (Limit - Lowest));
            if (IsFree(port))
                return port;
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
