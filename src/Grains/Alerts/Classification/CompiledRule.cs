using System.IO.Enumeration;

namespace AwoooP.Alerts;

/// <summary>A rule made ready for matching: words in a set, phrases and prefixes apart.</summary>
internal sealed class CompiledRule
{
    private readonly string[] _globs;
    private readonly HashSet<string> _words;
    private readonly string[] _prefixes;
    private readonly string[][] _phrases;

    public CompiledRule(ClassifierRule rule)
    {
        Category = rule.Category;
        Kind = rule.Kind;
        var words = rule.Words ?? [];
        _globs = [.. rule.Globs ?? []];
        _phrases = [.. words.Where(word => word.Contains(' ')).Select(word => word.Split(' '))];
        _prefixes = [.. words.Where(word => !word.Contains(' ') && word.EndsWith('*')).Select(word => word[..^1])];
        _words = words.Where(word => !word.Contains(' ') && !word.EndsWith('*')).ToHashSet(StringComparer.Ordinal);
    }

    public string Category { get; }

    public RuleKind Kind { get; }

    public bool MatchesName(string name, string[] words) =>
        Array.Exists(_globs, glob => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false)) || PlaceIn(words) >= 0;

    /// <summary>At which word the first match begins; -1 when there is none.</summary>
    public int PlaceIn(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            // Names are written apart in many ways (MySQL, My_SQL, Mysql): two words in a row also count as one.
            if (Matches(words[i]) || (i + 1 < words.Length && Matches(words[i] + words[i + 1])))
                return i;
            var rest = words.AsSpan(i);
            foreach (var phrase in _phrases)
            {
                if (rest.StartsWith(phrase))
                    return i;
            }
        }

        return -1;
    }

    private bool Matches(string word) =>
        _words.Contains(word) || Array.Exists(_prefixes, prefix => word.StartsWith(prefix, StringComparison.Ordinal));
}
