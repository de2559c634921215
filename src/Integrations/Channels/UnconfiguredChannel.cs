using AwoooP.Notifications;

namespace AwoooP.Integrations.Channels;

/// <summary>A channel that this installation has no connection for: says so at once, so that the message ends as failed instead of waiting.</summary>
internal sealed class UnconfiguredChannel(NotificationChannel channel) : INotificationChannel
{
    public NotificationChannel Channel => channel;

    public Task<NotificationSendResult> SendAsync(NotificationMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<NotificationSendResult>(new NotificationSendResult.Permanent("not_configured"));
}
