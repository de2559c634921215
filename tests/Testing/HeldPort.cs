using System.Net;
using System.Net.Sockets;

namespace AwoooP.Testing;

/// <summary>A port of 127.0.0.1 that nobody else is given while this is held. Connections are refused until somebody listens there.</summary>
public sealed class HeldPort : IDisposable
{
    private readonly Socket _holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public HeldPort() => _holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Its host and number.</summary>
    public string Address => _holder.LocalEndPoint!.ToString()!;

    public int Number => ((IPEndPoint)_holder.LocalEndPoint!).Port;

    public void Dispose() => _holder.Dispose();
}
