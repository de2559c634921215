using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AwoooP.Journal.Local;

/// <summary>The port that a server is started on.</summary>
internal static class ServerPort
{
    /// <summary>The configured one; without one (0), the last one, if nobody has taken it meanwhile, or any that is free.</summary>
    /// <param name="lastFile">Where the last one was noted; it may be missing.</param>
    public static int Choose(int configured, string lastFile)
    {
        if (configured != 0)
            return configured;

        var last = File.Exists(lastFile) && int.TryParse(File.ReadAllText(lastFile), CultureInfo.InvariantCulture, out var noted) ? noted : 0;
        return TryListen(last) ?? TryListen(0) ?? throw new LocalPostgresException("No port of 127.0.0.1 is free for PostgreSQL.");
    }

    private static int? TryListen(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
