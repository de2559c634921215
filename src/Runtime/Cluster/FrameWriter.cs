using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace AwoooP.Runtime.Cluster;

/// <summary>Fills the body of a frame: numbers little-endian, texts as UTF-8 behind their length, values as JSON.</summary>
internal sealed class FrameWriter
{
    /// <summary>A buffer that one large frame has grown is not kept for the small ones that follow.</summary>
    private const int MaxKept = 256 * 1024;

    [ThreadStatic]
    private static FrameWriter? _ofThread;

    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _buffer = new(1024);

    private FrameWriter() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>The thread's own, empty. What it holds is to be used before anything else on this thread may write a frame.</summary>
    public static FrameWriter Start()
    {
        var writer = _ofThread ??= new FrameWriter();
        if (writer._buffer.Capacity > MaxKept)
            writer._buffer = new ArrayBufferWriter<byte>(1024);
        writer._buffer.ResetWrittenCount();
        return writer;
    }

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.GetSpan(sizeof(ushort)), value);
        _buffer.Advance(sizeof(ushort));
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(sizeof(uint)), value);
        _buffer.Advance(sizeof(uint));
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    /// <summary>At most 65,535 bytes of it.</summary>
    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue, nameof(text));
        var span = _buffer.GetSpan(sizeof(ushort) + length);
        BinaryPrimitives.WriteUInt16LittleEndian(span, (ushort)length);
        Encoding.UTF8.GetBytes(text, span[sizeof(ushort)..]);
        _buffer.Advance(sizeof(ushort) + length);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>JSON behind its length.</summary>
    public void SizedJson<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var at = _buffer.WrittenCount;
        UInt32(0);
        var length = (uint)Json(state, write);
        BinaryPrimitives.WriteUInt32LittleEndian(System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory[at..]).Span, length);
    }

    /// <returns>How many bytes were written.</returns>
    public int Json<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var before = _buffer.WrittenCount;
        _json.Reset(_buffer);
        write(_json, state);
        _json.Flush();
        return _buffer.WrittenCount - before;
    }
}
