using System.Collections.Concurrent;

namespace AwoooP.Alerts;

/// <summary>One rule set at work.</summary>
internal sealed class AlertClassifier
{
    private const int MaxRemembered = 20_000;

    private readonly ClassifierRules _source;
    private readonly CompiledRule[] _signs;
    private readonly CompiledRule[] _subjects;
    private readonly CompiledRule[] _symptoms;
    private readonly CompiledRule[] _hints;

    /// <summary>Names and subjects repeat: the few thousand rules and services of a site make all of its alerts.</summary>
    private readonly ConcurrentDictionary<string, NameVerdict> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _bySubject = new(StringComparer.Ordinal);

    public AlertClassifier(ClassifierRules rules)
    {
        _source = rules;
        var compiled = rules.Rules.Select(rule => new CompiledRule(rule)).ToLookup(rule => rule.Kind);
        _signs = [.. compiled[RuleKind.Sign]];
        _subjects = [.. compiled[RuleKind.Subject]];
        _symptoms = [.. compiled[RuleKind.Symptom]];
        _hints = [.. compiled[RuleKind.Hint]];
    }

    public AlertClassification Classify(IReadOnlyDictionary<string, string> labels)
    {
        var severity = SeverityRules.Of(labels);
        var category = CategoryOf(labels);
        return new AlertClassification(severity, category, TypeOf(category, severity));
    }

    private string CategoryOf(IReadOnlyDictionary<string, string> labels)
    {
        var name = labels.TryGetValue("alertname", out var named) ? ByName(named) : default;
        return name.Category ?? BySubjectLabels(labels) ?? name.Hint ?? _source.Fallback;
    }

    private string? BySubjectLabels(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var label in _source.SubjectLabels)
        {
            if (labels.TryGetValue(label, out var value) && BySubject(value) is { } category)
                return category;
        }

        return null;
    }

    private string? BySubject(string value)
    {
        if (_bySubject.TryGetValue(value, out var known))
            return known;

        var category = FirstSubject(AlertNameWords.Of(value));
        if (_bySubject.Count < MaxRemembered)
            _bySubject.TryAdd(value, category);
        return category;
    }

    private NameVerdict ByName(string name)
    {
        if (_byName.TryGetValue(name, out var known))
            return known;

        var words = AlertNameWords.Of(name);
        var verdict = new NameVerdict(
            FirstOf(_signs, name, words) ?? FirstSubject(words) ?? FirstOf(_symptoms, name, words),
            FirstOf(_hints, name, words));
        if (_byName.Count < MaxRemembered)
            _byName.TryAdd(name, verdict);
        return verdict;
    }

    private static string? FirstOf(CompiledRule[] rules, string name, string[] words) =>
        Array.Find(rules, rule => rule.MatchesName(name, words))?.Category;

    /// <summary>Of two that begin at the same word, the rule that stands first.</summary>
    private string? FirstSubject(string[] words)
    {
        string? category = null;
        var earliest = int.MaxValue;
        foreach (var rule in _subjects)
        {
            var place = rule.PlaceIn(words);
            if (place >= 0 && place < earliest)
                (category, earliest) = (rule.Category, place);
        }

        return category;
    }

    private string TypeOf(string category, Severity severity) => _source.Types.TryGetValue(category, out var type)
        ? type
        : severity is Severity.P3 ? NotificationTypes.Suggestion : NotificationTypes.NeedsApproval;

    private readonly record struct NameVerdict(string? Category, string? Hint);
}
