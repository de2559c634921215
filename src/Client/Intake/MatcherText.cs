using System.Text;
using System.Text.RegularExpressions;
using AwoooP.Records;

namespace AwoooP.Client.Intake;

/// <summary>Reads one of Alertmanager's matchers: <c>name="value"</c>, <c>!=</c>, <c>=~</c>, <c>!~</c>; the quotes may be left out.</summary>
internal static partial class MatcherText
{
    private const int MaxLength = 4096;

    /// <summary>Null of what is no matcher, and of a text with U+0000, which no label has and PostgreSQL does not take.</summary>
    public static LabelMatcher? Parse(string text)
    {
        if (text.Length > MaxLength
            || text.Contains('\0', StringComparison.Ordinal)
            || Shape().Match(text) is not { Success: true } match
            || Unquote(match.Groups["value"].Value) is not { } value)
        {
            return null;
        }

        var op = match.Groups["op"].Value;
        try
        {
            return new LabelMatcher(match.Groups["name"].Value, value, IsRegex: op[^1] == '~', IsEqual: op[0] == '=');
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? Unquote(string value)
    {
        if (value is not ['"', ..])
            return value.Contains('"', StringComparison.Ordinal) ? null : value;

        if (value is not ['"', .. var inner, '"'])
            return null;

        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '"')
                return null;

            if (inner[i] != '\\')
            {
                text.Append(inner[i]);
                continue;
            }

            // As Alertmanager has it: what is no escape keeps its backslash, so that patterns need not double it.
            switch (++i < inner.Length ? inner[i] : '\0')
            {
                case 'n': text.Append('\n'); break;
                case '"': text.Append('"'); break;
                case '\\': text.Append('\\'); break;
                case '\0': return null;
                default: text.Append('\\').Append(inner[i]); break;
            }
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^\s*(?<name>[^\s=!~""{}]+)\s*(?<op>=~|!~|!=|=)\s*(?<value>.*?)\s*\z", RegexOptions.Singleline)]
    private static partial Regex Shape();
}
