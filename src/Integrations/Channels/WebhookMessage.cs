using System.Text.Json.Serialization;

namespace AwoooP.Integrations.Channels;

/// <summary>What a receiver gets as JSON. <c>notification_id</c> stays the same when a message is sent again.</summary>
internal sealed record WebhookMessage(
    Guid NotificationId,
    string ProjectId,
    string Type,
    string Title,
    string Body,
    string? IncidentId,
    Guid? ApprovalId,
    DateTimeOffset QueuedAt,
    int Attempt,
    string? TraceId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookMessage))]
internal sealed partial class WebhookJson : JsonSerializerContext;
