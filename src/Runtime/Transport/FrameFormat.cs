using System.Buffers;
using System.Buffers.Binary;

namespace AwoooP.Runtime.Transport;

/// <summary>A frame: the length of its body (4 bytes, little-endian), its kind (1 byte), its body.</summary>
internal static class FrameFormat
{
    public const int HeaderBytes = 5;

    public static void WriteHeader(Span<byte> destination, FrameKind kind, int bodyBytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)bodyBytes);
        destination[4] = (byte)kind;
    }

    /// <summary>Takes one frame off the front, when it is there whole.</summary>
    /// <exception cref="FrameException">Its length is over the limit, or it has no kind.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int maxBodyBytes, out FrameKind kind, out ReadOnlySequence<byte> body)
    {
        kind = FrameKind.None;
        body = default;
        if (buffer.Length < HeaderBytes)
            return false;

        Span<byte> copy = stackalloc byte[HeaderBytes];
        scoped var header = buffer.FirstSpan;
        if (header.Length < HeaderBytes)
        {
            buffer.Slice(0, HeaderBytes).CopyTo(copy);
            header = copy;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        kind = (FrameKind)header[4];
        if (length > (uint)maxBodyBytes)
            throw FrameException.TooLong(length, maxBodyBytes);
        if (kind == FrameKind.None)
            throw new FrameException("A frame has no kind.");
        if (buffer.Length - HeaderBytes < length)
            return false;

        body = buffer.Slice(HeaderBytes, length);
        buffer = buffer.Slice(body.End);
        return true;
    }
}
