using System.Net;
using System.Net.Sockets;

namespace AwoooP.Demo;

/// <summary>A port of 127.0.0.1 that nobody listens on.</summary>
public static class LoopbackPort
{
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
