using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AwoooP.Runtime.Transport;

/// <summary>
/// How Kestrel's sockets serve links. Continuations run inline, since what runs in them is ours and never waits: the read loop
/// hands frames on, the writer is on a thread of its own.
/// </summary>
internal static class SocketSettings
{
    public static SocketTransportOptions ForListening() => new() { UnsafePreferInlineScheduling = true, NoDelay = true };

    public static SocketConnectionFactoryOptions ForDialling() => new() { UnsafePreferInlineScheduling = true };
}
