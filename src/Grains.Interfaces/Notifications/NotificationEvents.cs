using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Notifications;

public abstract record NotificationEvent;

public sealed record NotificationQueued(
    Guid NotificationId,
    NotificationChannel Channel,
    string Type,
    string Recipient,
    string Title,
    string Body,
    string? IncidentId,
    Guid? ApprovalId) : NotificationEvent;

/// <summary>An attempt did not arrive; another follows at <paramref name="NextAttemptAt"/>.</summary>
public sealed record NotificationDelayed(int Attempt, string Error, bool RateLimited, DateTimeOffset NextAttemptAt) : NotificationEvent;

public sealed record NotificationDelivered(int Attempt, string? MessageId) : NotificationEvent;

public sealed record NotificationFailed(int Attempt, string Error) : NotificationEvent;

/// <param name="Action">approved, rejected, silenced, ignored or no_response.</param>
public sealed record NotificationActedOn(string Action, string By, string? Comment, int? TimeToActionSeconds) : NotificationEvent;

public static class NotificationEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<NotificationQueued>("notification.queued", 1, NotificationEventJson.Default.NotificationQueued),
        new EventType<NotificationDelayed>("notification.delayed", 1, NotificationEventJson.Default.NotificationDelayed),
        new EventType<NotificationDelivered>("notification.delivered", 1, NotificationEventJson.Default.NotificationDelivered),
        new EventType<NotificationFailed>("notification.failed", 1, NotificationEventJson.Default.NotificationFailed),
        new EventType<NotificationActedOn>("notification.acted_on", 1, NotificationEventJson.Default.NotificationActedOn),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NotificationQueued))]
[JsonSerializable(typeof(NotificationDelayed))]
[JsonSerializable(typeof(NotificationDelivered))]
[JsonSerializable(typeof(NotificationFailed))]
[JsonSerializable(typeof(NotificationActedOn))]
internal sealed partial class NotificationEventJson : JsonSerializerContext;
