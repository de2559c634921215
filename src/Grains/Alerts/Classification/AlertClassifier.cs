namespace AwoooP.Alerts;

/// <summary>One rule set at work.</summary>
internal sealed class AlertClassifier
{
    private readonly ClassifierRules _source;
    private readonly CompiledRule[] _signs;
    private readonly CompiledRule[] _subjects;
    private readonly CompiledRule[] _symptoms;
    private readonly CompiledRule[] _hints;
    private readonly VerdictMemory<NameVerdict> _byName;
    private readonly VerdictMemory<string?> _bySubject;

    public AlertClassifier(ClassifierRules rules)
    {
        _source = rules;
        var compiled = rules.Rules.Select(rule => new CompiledRule(rule)).ToLookup(rule => rule.Kind);
        _signs = [.. compiled[RuleKind.Sign]];
        _subjects = [.. compiled[RuleKind.Subject]];
        _symptoms = [.. compiled[RuleKind.Symptom]];
        _hints = [.. compiled[RuleKind.Hint]];
        _byName = new VerdictMemory<NameVerdict>(JudgeName);
        _bySubject = new VerdictMemory<string?>(value => FirstSubject(AlertNameWords.Of(value)));
    }

    public AlertClassification Classify(IReadOnlyDictionary<string, string> labels)
    {
        var severity = SeverityRules.Of(labels);
        var category = CategoryOf(labels);
        return new AlertClassification(severity, category, TypeOf(category, severity));
    }

    private string CategoryOf(IReadOnlyDictionary<string, string> labels)
    {
        var name = labels.TryGetValue("alertname", out var named) ? _byName.Of(named) : default;
        return name.Category ?? BySubjectLabels(labels) ?? name.Hint ?? _source.Fallback;
    }

    private string? BySubjectLabels(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var label in _source.SubjectLabels)
        {
            if (labels.TryGetValue(label, out var value) && _bySubject.Of(value) is { } category)
                return category;
        }

        return null;
    }

    private NameVerdict JudgeName(string name)
    {
        var words = AlertNameWords.Of(name);
        return new NameVerdict(
            FirstOf(_signs, name, words) ?? FirstSubject(words) ?? FirstOf(_symptoms, name, words),
            FirstOf(_hints, name, words));
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
