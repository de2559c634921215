using System.Text.RegularExpressions;

namespace AwoooP.Records;

/// <summary>One condition on a label, as Alertmanager has them. A label that is absent counts as empty.</summary>
/// <exception cref="ArgumentException">The pattern is not a regular expression, or one that cannot be matched in linear time.</exception>
public sealed record LabelMatcher(string Name, string Value, bool IsRegex = false, bool IsEqual = true)
{
    // Linear in the text whatever the pattern, as the senders' own engine is.
    private readonly Regex? _pattern = IsRegex ? new Regex($@"\A(?:{Value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var value = labels.GetValueOrDefault(Name, "");
        return (_pattern?.IsMatch(value) ?? value == Value) == IsEqual;
    }
}
