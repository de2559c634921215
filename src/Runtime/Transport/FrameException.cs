namespace AwoooP.Runtime.Transport;

/// <summary>A frame that may not be: one too long, or bytes that are no frame.</summary>
internal sealed class FrameException(string message) : Exception(message)
{
    public static FrameException TooLong(long bytes, int limit) => new($"A frame of {bytes} bytes is over the limit of {limit}.");
}
