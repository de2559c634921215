namespace AwoooP.Alerts;

/// <summary>Files an alert by its labels: how bad, what about, what kind of notification.</summary>
public interface IAlertClassifier
{
    AlertClassification Classify(string projectId, IReadOnlyDictionary<string, string> labels);
}
