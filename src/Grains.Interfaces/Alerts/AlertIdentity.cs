using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Alerts;

/// <summary>What an alert is about, derived from its labels alone: no lookup that may fail takes part.</summary>
/// <param name="Fingerprint">SHA-256 of <c>namespace:target:alert_name</c> as 64 lower-case hex digits.</param>
/// <param name="Target">The workload or machine that it names.</param>
public sealed record AlertIdentity(string Fingerprint, string AlertName, string Namespace, string Target)
{
    /// <summary>Stands for a part that the labels do not name.</summary>
    public const string Absent = "-";

    private static readonly string[] TargetLabels =
        ["deployment", "statefulset", "daemonset", "service", "container", "node", "instance", "job"];

    public static AlertIdentity From(IReadOnlyDictionary<string, string> labels)
    {
        var name = Label(labels, "alertname") ?? Absent;
        var space = Label(labels, "namespace") ?? Absent;
        var target = Absent;
        foreach (var candidate in TargetLabels)
        {
            if (Label(labels, candidate) is { } value)
            {
                target = value;
                break;
            }
        }

        return new AlertIdentity(Hash($"{space}:{target}:{name}"), name, space, target);
    }

    private static string? Label(IReadOnlyDictionary<string, string> labels, string name) =>
        labels.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash);
    }
}

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
