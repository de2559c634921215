using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace AwoooP.Runtime.Transport;

/// <summary>
/// How Kestrel's sockets serve links. Continuations run inline, since what runs in them is ours and never waits. A buffer
/// is kept while a link is idle: links are few, and it spares a call of the system for each read.
/// </summary>
internal static class SocketSettings
{
    public static SocketTransportOptions ForListening() =>
        new() { UnsafePreferInlineScheduling = true, WaitForDataBeforeAllocatingBuffer = false, NoDelay = true };

    public static SocketConnectionFactoryOptions ForDialling() =>
        new() { UnsafePreferInlineScheduling = true, WaitForDataBeforeAllocatingBuffer = false };
}
