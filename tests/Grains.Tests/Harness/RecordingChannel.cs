using AwoooP.Notifications;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Takes every message and keeps it.</summary>
internal sealed class RecordingChannel : INotificationChannel
{
    private readonly List<NotificationMessage> _messages = [];

    public IReadOnlyList<NotificationMessage> Messages => _messages;

    public IEnumerable<string> Titles => _messages.Select(static message => message.Title);

    public NotificationChannel Channel => NotificationChannel.Webhook;

    public Task<NotificationSendResult> SendAsync(NotificationMessage message, CancellationToken cancellationToken)
    {
        _messages.Add(message);
        return Task.FromResult<NotificationSendResult>(new NotificationSendResult.Delivered(null));
    }
}
