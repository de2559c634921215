using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>A JSON web signature in compact form (RFC 7515, section 3.1), taken apart and not yet believed.</summary>
/// <param name="Signed">What the signature is over: the first two parts with their dot.</param>
internal sealed record CompactToken(JsonElement Header, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    public const int MaxLength = 16 * 1024;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // A name that stands twice would let two readers see two tokens (RFC 7515, section 4; RFC 7519, section 4).
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static TokenRefusal? Read(string text, out CompactToken? token)
    {
        token = null;
        if (text.Length > MaxLength)
            return TokenRefusal.TooLong;

        if (text.Split('.', 4) is not [var header, var payload, var signature]
            || Decode(header) is not { } headerBytes || Decode(payload) is not { } payloadBytes || Decode(signature) is not { } signatureBytes
            || Object(headerBytes) is not { } fields || Object(payloadBytes) is not { } claims)
        {
            return TokenRefusal.Malformed;
        }

        token = new CompactToken(fields, claims, Encoding.ASCII.GetBytes(text, 0, header.Length + 1 + payload.Length), signatureBytes);
        return null;
    }

    /// <summary>The text of a header, or null when there is none; a value that is no text is none that we know.</summary>
    public string? Text(string name) => Header.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : "" : null;

    /// <summary>Without padding or white space, as the form has it; the decoder alone would take both.</summary>
    private static byte[]? Decode(string part)
    {
        if (part.AsSpan().ContainsAnyExcept(Alphabet) || part.Length % 4 == 1)
            return null;

        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Half of a surrogate pair is found out when a text is read, not when it is parsed.</summary>
    /// <exception cref="InvalidOperationException">A text is not Unicode.</exception>
    private static void ReadTexts(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                reader.GetString();
        }
    }

    private static JsonElement? Object(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            ReadTexts(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
