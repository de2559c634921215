using System.Text.Json.Serialization;

namespace AwoooP.Client.Intake;

/// <summary>An alert as senders write it. Further fields are taken and passed over.</summary>
/// <remarks>For the document alone: bodies are read by <see cref="SentAlertReader"/>.</remarks>
internal sealed record PostableAlert
{
    /// <summary>What identifies the alert; at least one with a value.</summary>
    [JsonPropertyName("labels")]
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Absent: the end when there is one, else now.</summary>
    [JsonPropertyName("startsAt")]
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Absent: after the resolve timeout, unless the alert is sent again.</summary>
    [JsonPropertyName("endsAt")]
    public DateTimeOffset? EndsAt { get; init; }

    [JsonPropertyName("generatorURL")]
    public string? GeneratorUrl { get; init; }
}

/// <summary>A webhook of Alertmanager, version 4. Further fields are taken and passed over.</summary>
internal sealed record WebhookMessage
{
    /// <summary>4.</summary>
    [JsonPropertyName("version")]
    public required string Version { get; init; }

    [JsonPropertyName("alerts")]
    public required IReadOnlyList<PostableAlert> Alerts { get; init; }
}

/// <summary>Says of an endpoint that reads its body itself what the body is, for the document.</summary>
/// <param name="Many">The body is an array of these.</param>
internal sealed record SentBody(string Schema, bool Many);
