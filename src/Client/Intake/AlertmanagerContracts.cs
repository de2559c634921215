using System.Text.Json.Serialization;

namespace AwoooP.Client.Intake;

internal sealed record AlertmanagerStatus(ClusterStatus Cluster, VersionInfo VersionInfo, ConfigStatus Config, DateTimeOffset Uptime);

internal sealed record ClusterStatus(string Status, string Name, IReadOnlyList<string> Peers);

internal sealed record VersionInfo(string Version, string Revision, string Branch, string BuildUser, string BuildDate, string GoVersion);

internal sealed record ConfigStatus(string Original);

internal sealed record ReceiverName(string Name);

/// <summary>An alert as <c>GET /api/v2/alerts</c> lists it.</summary>
internal sealed record GettableAlert(
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset EndsAt,
    string Fingerprint,
    IReadOnlyList<ReceiverName> Receivers,
    DateTimeOffset StartsAt,
    GettableStatus Status,
    DateTimeOffset UpdatedAt,
    [property: JsonPropertyName("generatorURL")] string GeneratorUrl,
    IReadOnlyDictionary<string, string> Labels);

internal sealed record GettableStatus(IReadOnlyList<string> InhibitedBy, IReadOnlyList<string> SilencedBy, string State);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AlertmanagerStatus))]
[JsonSerializable(typeof(IReadOnlyList<ReceiverName>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<GettableAlert>))]
[JsonSerializable(typeof(PostableAlert))]
[JsonSerializable(typeof(WebhookMessage))]
internal sealed partial class AlertmanagerJson : JsonSerializerContext;
