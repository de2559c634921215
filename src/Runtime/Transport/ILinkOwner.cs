using System.Buffers;

namespace AwoooP.Runtime.Transport;

/// <summary>Who is told what comes over links.</summary>
internal interface ILinkOwner
{
    /// <summary>
    /// A frame, in the order in which the peer queued it. It runs on the link's read loop, so it must be quick; what it
    /// throws closes the link.
    /// </summary>
    /// <param name="body">Valid only during the call.</param>
    void Received(Link link, FrameKind kind, ReadOnlySequence<byte> body);

    /// <summary>Once for each link, after its last frame.</summary>
    /// <param name="cause">Null when both sides had said goodbye: then nothing that was queued is lost.</param>
    void Closed(Link link, Exception? cause);
}
