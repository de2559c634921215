using System.Text;
using System.Text.RegularExpressions;

namespace AwoooP.Playbooks;

/// <summary>Texts with label names in them, written <c>{{label_name}}</c>. There are no expressions and no nesting.</summary>
internal static partial class PlaybookTemplate
{
    /// <summary>Whether every <c>{{</c> begins a label name that <c>}}</c> ends.</summary>
    public static bool IsWellFormed(string text) => !Placeholder().Replace(text, "").Contains("{{", StringComparison.Ordinal);

    /// <param name="encode">Makes a label's value fit its place; null when it cannot. Gets the text before the place, as filled so far.</param>
    /// <exception cref="UnfillableException">A label is missing, or its value does not fit.</exception>
    public static string Fill(string text, IReadOnlyDictionary<string, string> labels, Func<string, string, string?> encode)
    {
        var filled = new StringBuilder();
        var end = 0;
        foreach (Match place in Placeholder().Matches(text))
        {
            filled.Append(text, end, place.Index - end);
            var label = place.Groups[1].Value;
            if (!labels.TryGetValue(label, out var value) || value.Length == 0)
                throw new UnfillableException($"The alert has no label {label}.");
            if (value.Length > PlaybookLimits.MaxFilledValue)
                throw new UnfillableException($"The value of label {label} is too long.");
            filled.Append(encode(filled.ToString(), value) ?? throw new UnfillableException($"The value of label {label} is not safe where the playbook puts it."));
            end = place.Index + place.Length;
        }

        return filled.Append(text, end, text.Length - end).ToString();
    }

    [GeneratedRegex(@"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")]
    private static partial Regex Placeholder();
}

/// <summary>The alert does not give what the playbook needs. The message says so to a person, and quotes no value.</summary>
internal sealed class UnfillableException(string message) : Exception(message);
