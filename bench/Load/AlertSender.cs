using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Alerts;
using AwoooP.Demo;

namespace AwoooP.Bench.Load;

/// <summary>
/// Sends alerts as Prometheus does, until they are acknowledged; the platform knows one that comes again by its content. Each has a
/// fingerprint of its own, and so an incident; every fourth occurs five times, each time for another pod, and all join its one incident.
/// </summary>
/// <param name="name">Begins the names of its chains.</param>
/// <param name="startsAt">Of all its alerts.</param>
/// <param name="endsAt">When they end by themselves, and their incidents with them.</param>
internal sealed class AlertSender(string name, DateTimeOffset startsAt, DateTimeOffset endsAt) : IWriter
{
    public const string AlertName = "BenchLoad";

    private const int RepeatedEvery = 4;
    private const int Occurrences = 5;

    private int _alert = 1;
    private int _occurrence;

    public (Write Write, PlatformRequest Request) Next()
    {
        if (_occurrence == (_alert % RepeatedEvery == 0 ? Occurrences : 1))
            (_alert, _occurrence) = (_alert + 1, 0);
        var write = new Write(string.Create(CultureInfo.InvariantCulture, $"{name}-n{_alert}"), ++_occurrence);
        return (write, new PlatformRequest(HttpMethod.Post, "/api/v2/alerts", BodyOf(write)));
    }

    public void Acknowledged(CallEnd answer)
    {
        // A sender of alerts is told nothing but that they are durable.
    }

    /// <summary>By what the platform tells of an occurrence that joined an incident.</summary>
    public static string MemberIdOf(Write write) => AlertMemberId.Of(LabelsOf(write));

    // Of the lowest severity: nobody is to be woken by a bench.
    private static Dictionary<string, string> LabelsOf(Write write) => new()
    {
        ["alertname"] = AlertName,
        ["namespace"] = "bench",
        ["pod"] = string.Create(CultureInfo.InvariantCulture, $"pod-{write.Number}"),
        ["service"] = write.Chain,
        ["severity"] = "info",
    };

    private string BodyOf(Write write)
    {
        var alert = new JsonObject
        {
            ["labels"] = new JsonObject(LabelsOf(write).Select(static label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
            ["annotations"] = new JsonObject { ["summary"] = write.ToString() },
            ["startsAt"] = UtcText.Of(startsAt),
            ["endsAt"] = UtcText.Of(endsAt),
        };
        return new JsonArray(alert).ToJsonString();
    }
}
