using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AwoooP.Journal.Local;

/// <summary>The port that a server is started on.</summary>
internal static class ServerPort
{
    // Below those that systems give to outgoing connections: no connection may hold the port of a server that starts again.
    private const int Lowest = 20_000;
    private const int Limit = 32_768;
    private const int Tries = 100;

    /// <summary>The configured one; without one (0), the last one, if nobody has taken it meanwhile, or a free one that outgoing connections do not take.</summary>
    /// <param name="lastFile">Where the last one was noted; it may be missing.</param>
    public static int Choose(int configured, string lastFile)
    {
        if (configured != 0)
            return configured;

        var last = File.Exists(lastFile) && int.TryParse(File.ReadAllText(lastFile), CultureInfo.InvariantCulture, out var noted) ? noted : 0;
        if (last != 0 && IsFree(last))
            return last;

        for (var tries = 0; tries < Tries; tries++)
        {
            var port = Random.Shared.Next(Lowest, Limit);
            if (IsFree(port))
                return port;
        }

        throw new LocalPostgresException($"No port of 127.0.0.1 between {Lowest} and {Limit - 1} is free for PostgreSQL.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
