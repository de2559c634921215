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
        BySubject = rule.BySubject;
        var words = rule.Words ?? [];
        _globs = [.. rule.Globs ?? []];
        _phrases = [.. words.Where(word => word.Contains(' ')).Select(word => word.Split(' '))];
        _prefixes = [.. words.Where(word => !word.Contains(' ') && word.EndsWith('*')).Select(word => word[..^1])];
        _words = words.Where(word => !word.Contains(' ') && !word.EndsWith('*')).ToHashSet(StringComparer.Ordinal);
    }

    public string Category { get; }

    public bool BySubject { get; }

    public bool MatchesName(string name, string[] words) =>
        Array.Exists(_globs, glob => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false)) || MatchesWords(words);

    public bool MatchesWords(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (_words.Contains(word) || Array.Exists(_prefixes, prefix => word.StartsWith(prefix, StringComparison.Ordinal)))
                return true;
            var rest = words.AsSpan(i);
            foreach (var phrase in _phrases)
            {
                if (rest.StartsWith(phrase))
                    return true;
            }
        }

        return false;
    }
}
