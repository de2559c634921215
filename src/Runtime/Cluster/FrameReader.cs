using System.Buffers.Binary;
using System.Text;

namespace AwoooP.Runtime.Cluster;

/// <summary>Reads what <see cref="FrameWriter"/> has written.</summary>
/// <exception cref="InvalidDataException">The body is shorter than it says.</exception>
internal ref struct FrameReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>All that was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(sizeof(ushort)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    public string Text() => Encoding.UTF8.GetString(Bytes(UInt16()));

    public ReadOnlySpan<byte> SizedBytes() => Bytes((int)Math.Min(UInt32(), int.MaxValue));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length)
            throw new InvalidDataException("The frame ends before what it says it holds.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
