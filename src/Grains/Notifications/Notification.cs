using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Notifications;

/// <summary>One message as its events have made it. Its snapshot, too.</summary>
public sealed record Notification : IAggregateState<Notification, NotificationEvent>
{
    public static string AggregateType => AggregateTypes.Notification;

    public static Notification Initial { get; } = new();

    public static int StateVersion => 1;

    public static JsonTypeInfo<Notification> Json => NotificationJson.Default.Notification;

    /// <summary>Null only before it was queued.</summary>
    public NotificationQueued? Message { get; init; }

    public NotificationStatus Status { get; init; }

    /// <summary>Attempts made so far.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public string? MessageId { get; init; }
    public string? LastError { get; init; }
    public string? UserAction { get; init; }

    [JsonIgnore]
    public bool IsEnded => Status is NotificationStatus.Delivered or NotificationStatus.Failed;

    public Notification Apply(NotificationEvent @event, DateTimeOffset at) => @event switch
    {
        NotificationQueued queued => new Notification { Message = queued, Status = NotificationStatus.Pending, QueuedAt = at, NextAttemptAt = at },
        NotificationDelayed delayed => this with
        {
            Status = delayed.RateLimited ? NotificationStatus.RateLimited : NotificationStatus.Pending,
            Attempts = delayed.Attempt,
            LastError = delayed.Error,
            NextAttemptAt = delayed.NextAttemptAt,
        },
        NotificationDelivered delivered => this with
        {
            Status = NotificationStatus.Delivered,
            Attempts = delivered.Attempt,
            MessageId = delivered.MessageId,
            LastError = null,
            DeliveredAt = at,
            NextAttemptAt = null,
        },
        NotificationFailed failed => this with { Status = NotificationStatus.Failed, Attempts = failed.Attempt, LastError = failed.Error, NextAttemptAt = null },
        NotificationActedOn acted => this with { UserAction = acted.Action },
        _ => throw new InvalidOperationException($"A notification does not know {@event.GetType().Name}."),
    };
}
