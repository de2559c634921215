namespace AwoooP.Alerts;

/// <summary>Which rule sets classify the alerts of which project.</summary>
public sealed class ClassifierOptions
{
    public const string Section = "Classifier";

    /// <summary>Paths of rule files by project id; they replace the built-in set whole. A file that cannot be read stops the start.</summary>
    public Dictionary<string, string> RuleFiles { get; init; } = [];
}
