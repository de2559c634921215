using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Journal.Delivery;

/// <summary>
/// Ids of the commands that a reaction sends. They depend on nothing but where the event stands, who reacts and which step it is,
/// so an event that is delivered again sends the same ids, and the receiver answers its first outcome.
/// </summary>
public static class ReactionCommandId
{
    /// <summary>A UUID of version 8 (RFC 9562, section 5.8) over the first 122 bits of a SHA-256.</summary>
    /// <param name="reactionName">The reaction's stable name.</param>
    /// <param name="step">Which of the commands that the reaction sends for this one event; 0 when it sends one.</param>
    public static Guid From(Position position, string reactionName, int step)
    {
        ArgumentException.ThrowIfNullOrEmpty(reactionName);

        var nameBytes = Encoding.UTF8.GetByteCount(reactionName);
        Span<byte> source = nameBytes <= 256 ? stackalloc byte[18 + nameBytes] : new byte[18 + nameBytes];
        BinaryPrimitives.WriteInt32BigEndian(source, position.Generation);
        BinaryPrimitives.WriteInt16BigEndian(source[4..], position.Partition);
        BinaryPrimitives.WriteInt64BigEndian(source[6..], position.Seq);
        BinaryPrimitives.WriteInt32BigEndian(source[14..], step);
        Encoding.UTF8.GetBytes(reactionName, source[18..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
