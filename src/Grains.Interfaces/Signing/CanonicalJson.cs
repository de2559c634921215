using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Signing;

/// <summary>
/// JSON in the one form of RFC 8785 (JCS), for hashing and signing: members sorted by UTF-16 code units, no white space, least escaping,
/// numbers as ECMAScript writes them. What I-JSON (RFC 7493) does not allow is refused: keys that are there twice, half a surrogate pair,
/// numbers beyond a double.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Levels of objects and arrays within each other.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth };

    /// <summary>What we make may hold a document of somebody else.</summary>
    private static readonly JsonDocumentOptions Own = new() { MaxDepth = 2 * MaxDepth };

    /// <param name="json">UTF-8.</param>
    /// <exception cref="CanonicalJsonException">The text is not JSON, or has no canonical form.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            throw new CanonicalJsonException("malformed_json", JsonPath.Root, "The text is not JSON.");
        }
    }

    /// <exception cref="CanonicalJsonException">The value has no canonical form.</exception>
    public static byte[] Of(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value, JsonPath.Root);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>For a document of our own making.</summary>
    public static byte[] Of(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null", Own);
        return Of(document.RootElement);
    }

    private static void Append(StringBuilder text, JsonElement value, JsonPath path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value, path);
                break;
            case JsonValueKind.Array:
                AppendArray(text, value, path);
                break;
            case JsonValueKind.String:
                AppendString(text, TextOf(value, path));
                break;
            case JsonValueKind.Number:
                EcmaScriptNumber.Append(text, NumberOf(value, path));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement value, JsonPath path)
    {
        (string Name, JsonElement Value)[] members = [.. value.EnumerateObject().Select(member => (NameOf(member, path), member.Value))];
        Array.Sort(members, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        text.Append('{');
        for (var i = 0; i < members.Length; i++)
        {
            var (name, member) = members[i];
            if (i > 0 && members[i - 1].Name == name)
                throw new CanonicalJsonException("duplicate_key", path.Member(name), "The key is there twice.");
            if (i > 0)
                text.Append(',');
            AppendString(text, name);
            text.Append(':');
            Append(text, member, path.Member(name));
        }

        text.Append('}');
    }

    private static void AppendArray(StringBuilder text, JsonElement value, JsonPath path)
    {
        text.Append('[');
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (index > 0)
                text.Append(',');
            Append(text, item, path.Item(index));
        }

        text.Append(']');
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", null)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    private static double NumberOf(JsonElement value, JsonPath path) => value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw new CanonicalJsonException("number_out_of_range", path, "The number is larger than a double can be.");

    private static string TextOf(JsonElement value, JsonPath path)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw HalfPair(path);
        }
    }

    private static string NameOf(JsonProperty member, JsonPath path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw HalfPair(path);
        }
    }

    private static CanonicalJsonException HalfPair(JsonPath path) =>
        new("lone_surrogate", path, "The text is not Unicode: it has half of a surrogate pair.");
}
