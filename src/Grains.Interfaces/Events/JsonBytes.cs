using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AwoooP.Events;

/// <summary>
/// JSON as the journal stores it: UTF-8, escaped only where JSON itself asks for it. It is never put into HTML, and text in Chinese
/// would otherwise take twice its size.
/// </summary>
public static class JsonBytes
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? s_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    public static byte[] Serialize<T>(T value, JsonTypeInfo<T> json)
    {
        var buffer = s_buffer ??= new ArrayBufferWriter<byte>(4096);
        var writer = s_writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, value, json);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
