using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Playbooks;

/// <summary>JSON in the one form of RFC 8785, for hashing: members sorted by UTF-16 code units, no white space, least escaping. Numbers must be whole.</summary>
internal static class CanonicalJson
{
    public static byte[] Serialize(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                text.Append('{');
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    if (text[^1] != '{')
                        text.Append(',');
                    AppendString(text, name);
                    text.Append(':');
                    Append(text, value);
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Append(text, items[i]);
                }

                text.Append(']');
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                AppendString(text, value.GetValue<string>());
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.Number:
                // A node made in memory holds the CLR number that it was made from, so its text is the common form.
                text.Append(long.Parse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
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
}
