using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Records;

/// <summary>
/// Bytes that say the same wherever they are made: numbers as eight bytes, big-endian; text as UTF-8 and bytes, each behind its length in four;
/// what is absent as the length -1. So no two different rows have the same bytes.
/// </summary>
internal sealed class CanonicalBytes
{
    private readonly MemoryStream _bytes = new(512);

    /// <param name="form">What is written and in which version: the same fields of another kind of row are other bytes.</param>
    public CanonicalBytes(string form) => Text(form);

    public CanonicalBytes Number(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>In microseconds since 1970, as exact as PostgreSQL keeps it.</summary>
    public CanonicalBytes Time(DateTimeOffset value) => Number((value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);

    public CanonicalBytes Text(string? value)
    {
        if (value is not null)
            return Bytes(Encoding.UTF8.GetBytes(value));

        Length(-1);
        return this;
    }

    public CanonicalBytes Bytes(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        _bytes.Write(value);
        return this;
    }

    public byte[] ToArray() => _bytes.ToArray();

    public byte[] ToSha256() => SHA256.HashData(_bytes.GetBuffer().AsSpan(0, (int)_bytes.Length));

    private void Length(int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        _bytes.Write(bytes);
    }
}
