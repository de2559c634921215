using System.Collections.Concurrent;

namespace AwoooP.Alerts;

/// <summary>One rule set at work. Category by the alert's name, then by what its labels say it is about.</summary>
internal sealed class AlertClassifier
{
    private const int MaxRemembered = 20_000;

    private readonly CompiledRule[] _rules;
    private readonly CompiledRule[] _subjectRules;
    private readonly ClassifierRules _source;

    /// <summary>Names repeat: the few thousand rules of a site make all of its alerts. Null means that no rule matches the name.</summary>
    private readonly ConcurrentDictionary<string, string?> _byName = new(StringComparer.Ordinal);

    public AlertClassifier(ClassifierRules rules)
    {
        _source = rules;
        _rules = [.. rules.Rules.Select(rule => new CompiledRule(rule))];
        _subjectRules = [.. _rules.Where(rule => rule.BySubject)];
    }

    public AlertClassification Classify(IReadOnlyDictionary<string, string> labels)
    {
        var severity = SeverityRules.Of(labels);
        var category = CategoryOf(labels);
        return new AlertClassification(severity, category, TypeOf(category, severity));
    }

    private string CategoryOf(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.TryGetValue("alertname", out var name) && ByName(name) is { } category)
            return category;

        foreach (var label in _source.SubjectLabels)
        {
            if (!labels.TryGetValue(label, out var value))
                continue;
            var words = AlertNameWords.Of(value);
            if (Array.Find(_subjectRules, rule => rule.MatchesWords(words)) is { } rule)
                return rule.Category;
        }

        return _source.Fallback;
    }

    private string? ByName(string name)
    {
        if (_byName.TryGetValue(name, out var known))
            return known;

        var words = AlertNameWords.Of(name);
        var category = Array.Find(_rules, rule => rule.MatchesName(name, words))?.Category;
        if (_byName.Count < MaxRemembered)
            _byName.TryAdd(name, category);
        return category;
    }

    private string TypeOf(string category, Severity severity) => _source.Types.TryGetValue(category, out var type)
        ? type
        : severity is Severity.P3 ? NotificationTypes.Suggestion : NotificationTypes.NeedsApproval;
}
