using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Identity;

/// <summary>Ids that depend on nothing but a cause, so that a repeat of the cause finds what it made the first time.</summary>
public static class DerivedId
{
    /// <summary>
    /// A UUID of version 7 (RFC 9562): the milliseconds of <paramref name="at"/>, so that it sorts by time, and 74 bits of the SHA-256 of <paramref name="cause"/>.
    /// </summary>
    /// <param name="cause">Names the cause and the purpose, e.g. <c>{position}/run</c>.</param>
    public static Guid From(DateTimeOffset at, string cause)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(cause), bytes);

        var milliseconds = at.ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--, milliseconds >>= 8)
            bytes[i] = (byte)milliseconds;
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
