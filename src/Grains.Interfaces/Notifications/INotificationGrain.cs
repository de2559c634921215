using System.Text.Json.Serialization;
using AwoooP.Commands;
using AwoooP.Events;

namespace AwoooP.Notifications;

/// <summary>One message to one recipient. Key: <c>{project_id}/{notification_id}</c>. Sends by wake-up, retries with back-off, at least once; the id lets the receiver drop doubles.</summary>
public interface INotificationGrain : IAggregateGrain
{
    Task<CommandResult> QueueAsync(QueueNotification command, CancellationToken cancellationToken);

    /// <summary>A person acted on it: approved, rejected, silenced or ignored it.</summary>
    Task<CommandResult> RecordActionAsync(RecordNotificationAction command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<NotificationView?> GetAsync(CancellationToken cancellationToken);
}

/// <param name="Type">TYPE-1 … TYPE-8M.</param>
/// <param name="Recipient">What the channel understands: a name of a configured webhook, a chat, an address.</param>
public sealed record QueueNotification(
    Guid NotificationId,
    NotificationChannel Channel,
    string Type,
    string Recipient,
    string Title,
    string Body,
    string? IncidentId,
    Guid? ApprovalId);

public sealed record RecordNotificationAction(string Action, string By, string? Comment);

public sealed record NotificationView(long Version, Guid NotificationId, NotificationStatus Status, NotificationChannel Channel, int Attempts, string? MessageId, string? LastError, string? UserAction);

[JsonConverter(typeof(SnakeCaseEnumConverter<NotificationChannel>))]
public enum NotificationChannel
{
    None = 0,
    Telegram,
    Email,
    Slack,
    Webhook,
    Sms,
    Discord,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<NotificationStatus>))]
public enum NotificationStatus
{
    None = 0,
    Pending,
    RateLimited,
    Delivered,
    Failed,
}
