using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace AwoooP.Alerts;

/// <summary>The built-in rule set for every project that does not bring its own.</summary>
internal sealed class ProjectClassifiers : IAlertClassifier
{
    private readonly AlertClassifier _builtIn = new(ClassifierRules.ReadBuiltIn());
    private readonly FrozenDictionary<string, AlertClassifier> _own;

    public ProjectClassifiers(IOptions<ClassifierOptions> options)
    {
        _own = options.Value.RuleFiles.ToFrozenDictionary(
            file => file.Key,
            file => new AlertClassifier(ClassifierRules.Parse(File.ReadAllBytes(file.Value))),
            StringComparer.Ordinal);
    }

    public AlertClassification Classify(string projectId, IReadOnlyDictionary<string, string> labels) =>
        (_own.GetValueOrDefault(projectId) ?? _builtIn).Classify(labels);
}
