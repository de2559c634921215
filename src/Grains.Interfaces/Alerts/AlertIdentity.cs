using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Alerts;

/// <summary>What an alert is about, derived from its labels alone. <paramref name="Fingerprint"/> is SHA-256 hex of <c>namespace:target:alert_name</c>.</summary>
public sealed record AlertIdentity(string Fingerprint, string AlertName, string Namespace, string Target);

/// <summary>How an alert is filed: severity P0 to P3, category, notification type (TYPE-1 … TYPE-8M).</summary>
public sealed record AlertClassification(Severity Severity, string Category, string NotificationType);

/// <summary>Occurrences in the last hour, day, week and 30 days, and the mean interval between them in seconds.</summary>
public sealed record AlertFrequency(int LastHour, int LastDay, int LastWeek, int LastMonth, double? MeanIntervalSeconds);

[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    None = 0,
    P0,
    P1,
    P2,
    P3,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<AlertStatus>))]
public enum AlertStatus
{
    None = 0,
    Firing,
    Resolved,
}
