using System.Text;
using System.Text.RegularExpressions;
using AwoooP.Wording;

namespace AwoooP.Playbooks;

/// <summary>Texts with label names in them, written <c>{{label_name}}</c>. There are no expressions and no nesting.</summary>
internal static partial class PlaybookTemplate
{
    /// <summary>Whether every <c>{{</c> begins a label name that <c>}}</c> ends.</summary>
    public static bool IsWellFormed(string text) => !Placeholder().Replace(text, "").Contains("{{", StringComparison.Ordinal);

    public static bool HasPlaces(string text) => Placeholder().IsMatch(text);

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
                throw Unfillable("unfillable_label_missing", label);
            if (value.Length > PlaybookLimits.MaxFilledValue)
                throw Unfillable("unfillable_value_too_long", label);
            filled.Append(encode(filled.ToString(), value) ?? throw Unfillable("unfillable_value_unsafe", label));
            end = place.Index + place.Length;
        }

        return filled.Append(text, end, text.Length - end).ToString();
    }

    private static UnfillableException Unfillable(string key, string label) => new(Phrase.Of(key, ("label", label)));

    [GeneratedRegex(@"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")]
    private static partial Regex Placeholder();
}

/// <summary>The alert does not give what the playbook needs.</summary>
internal sealed class UnfillableException(Phrase why) : Exception(why.Key)
{
    /// <summary>For a person; quotes no value. The place <c>playbook</c> is left to who knows it.</summary>
    public Phrase Why => why;
}
