using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AwoooP.Client.Problems;

namespace AwoooP.Client.Intake;

/// <summary>
/// Reads a sender's body and writes the payload of the intake entry in one pass. What is well formed is kept, what is not is
/// listed. Secrets are replaced in label values, annotations and the generator URL before identities are computed, so that
/// nothing unredacted is ever stored and an alert keeps its identity from one send to the next.
/// </summary>
/// <remarks>Not thread-safe: one a request.</remarks>
internal sealed class AlertBatchReader(CleanTextPool texts, DateTimeOffset now, TimeSpan resolveTimeout, string source)
{
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<FieldError> _errors = [];
    private int _errorCount;
    private int _accepted;
    private int _index;

    public IReadOnlyList<FieldError> Errors => _errors;

    public int ErrorCount => _errorCount;

    public int Accepted => _accepted;

    /// <summary>Reads Alertmanager's <c>POST /api/v2/alerts</c>: an array of alerts.</summary>
    /// <exception cref="JsonException">The body is not JSON, or not an array.</exception>
    public ReadOnlyMemory<byte> ReadArray(ReadOnlySpan<byte> body)
    {
        var reader = Open(body);
        if (reader.TokenType == JsonTokenType.Null)
            return Close(ref reader, null, null);

        return reader.TokenType == JsonTokenType.StartArray
            ? ReadAlerts(ref reader, body.Length)
            : throw new JsonException("The body must be an array of alerts.");
    }

    /// <summary>Reads Alertmanager's webhook, version 4: an object with the alerts in <c>alerts</c>.</summary>
    /// <exception cref="JsonException">The body is not JSON, or not such an object.</exception>
    public ReadOnlyMemory<byte> ReadWebhook(ReadOnlySpan<byte> body)
    {
        var reader = Open(body);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The body must be an object.");

        ReadOnlyMemory<byte>? payload = null;
        var version = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("alerts"u8) && payload is null)
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray)
                    throw new JsonException("alerts must be an array.");

                payload = ReadAlerts(ref reader, body.Length);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                reader.Read();
                version = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("4"u8);
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        ExpectEnd(ref reader);
        if (!version)
            throw new JsonException("version must be \"4\".");

        return payload ?? throw new JsonException("alerts is missing.");
    }

    private static Utf8JsonReader Open(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            throw new JsonException("The body is not UTF-8.");

        var reader = new Utf8JsonReader(body);
        reader.Read();
        return reader;
    }

    private static void ExpectEnd(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth == 0 && reader.Read())
            throw new JsonException("Something follows the body's value.");
    }

    private ReadOnlyMemory<byte> ReadAlerts(ref Utf8JsonReader reader, int length)
    {
        var buffer = new ArrayBufferWriter<byte>(length + (length >> 2) + 256);
        using var writer = new Utf8JsonWriter(buffer, Unchecked);
        writer.WriteStartObject();
        writer.WriteString("source"u8, source);
        writer.WriteStartArray("alerts"u8);

        var alert = new SentAlertReader(texts, now, resolveTimeout);
        for (_index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; _index++)
        {
            if (alert.Read(ref reader) is { } fault)
            {
                Refuse(fault);
                continue;
            }

            alert.WriteTo(writer);
            _accepted++;
        }

        return Close(ref reader, writer, buffer);
    }

    private static ReadOnlyMemory<byte> Close(ref Utf8JsonReader reader, Utf8JsonWriter? writer, ArrayBufferWriter<byte>? buffer)
    {
        ExpectEnd(ref reader);
        if (writer is null || buffer is null)
            return default;

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private void Refuse(FieldError fault)
    {
        _errorCount++;
        if (_errors.Count < IntakeLimits.MaxErrorsShown)
            _errors.Add(fault with { Field = $"[{_index}]{fault.Field}" });
    }
}
