namespace AwoooP.Alerts;

/// <summary>Severity by the labels <c>severity</c>, <c>priority</c>, <c>env</c> and <c>environment</c> (docs/decisions).</summary>
internal static class SeverityRules
{
    public static Severity Of(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.TryGetValue("priority", out var priority) && Parse(priority) is { } overridden)
            return overridden;

        var severity = labels.GetValueOrDefault("severity") ?? "";
        return severity.ToLowerInvariant() switch
        {
            "critical" => IsProduction(labels) ? Severity.P0 : Severity.P1,
            "error" or "high" => Severity.P1,
            "warning" or "" => Severity.P2,
            _ => Severity.P3,
        };
    }

    private static bool IsProduction(IReadOnlyDictionary<string, string> labels)
    {
        var environment = labels.GetValueOrDefault("env") ?? labels.GetValueOrDefault("environment");
        return environment?.ToLowerInvariant() is null or "" or "prod" or "production";
    }

    private static Severity? Parse(string priority) => priority.ToUpperInvariant() switch
    {
        "P0" => Severity.P0,
        "P1" => Severity.P1,
        "P2" => Severity.P2,
        "P3" => Severity.P3,
        _ => null,
    };
}
