namespace AwoooP.Notifications;

/// <summary>
/// Brings messages to their receivers over one kind of channel. The same message may be sent more than once
/// (a silo died before it could note the delivery): <see cref="NotificationMessage.NotificationId"/> lets the receiver drop doubles.
/// </summary>
public interface INotificationChannel
{
    NotificationChannel Channel { get; }

    /// <summary>Sends once, within 10 s. Every expected fault is a result; it throws only when the token is cancelled.</summary>
    Task<NotificationSendResult> SendAsync(NotificationMessage message, CancellationToken cancellationToken);
}
