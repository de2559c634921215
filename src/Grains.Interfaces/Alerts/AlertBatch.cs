using System.Text.Json.Serialization;

namespace AwoooP.Alerts;

/// <summary>
/// The payload of one <c>alerts.v1</c> intake entry: what one request of a sender said, after validation and redaction.
/// The receipt time is the entry's own.
/// </summary>
/// <param name="Source">Which door it came through: <c>alertmanager_api</c> or <c>alertmanager_webhook</c>.</param>
public sealed record AlertBatch(string Source, IReadOnlyList<SentAlert> Alerts)
{
    /// <summary>The kind of intake entry that carries this payload.</summary>
    public const string IntakeKind = "alerts.v1";

    public const string AlertmanagerApi = "alertmanager_api";
    public const string AlertmanagerWebhook = "alertmanager_webhook";
}

/// <summary>One alert of a batch; both times are filled in.</summary>
/// <param name="MemberId">See <see cref="AlertMemberId"/>.</param>
/// <param name="StartAssumed">The sender named no start, so <paramref name="StartsAt"/> tells nothing about an alert that fires already.</param>
public sealed record SentAlert(
    string MemberId,
    [property: JsonConverter(typeof(LabelSetConverter))] IReadOnlyDictionary<string, string> Labels,
    [property: JsonConverter(typeof(LabelSetConverter))] IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string? GeneratorUrl,
    bool StartAssumed = false);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertBatch))]
public sealed partial class AlertBatchJson : JsonSerializerContext;
