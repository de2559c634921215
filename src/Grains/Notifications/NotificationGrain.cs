using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Notifications;

/// <summary>
/// The shell of a notification. Its commit sets the wake-up <c>send</c>; when that fires, the message is sent inside the turn and the outcome is committed.
/// A crash in between sends it again with the same id: at least once, and the receiver can tell.
/// </summary>
internal sealed class NotificationGrain(AggregateServices services, IEnumerable<INotificationChannel> channels)
    : AggregateGrain<Notification, NotificationEvent>(services), INotificationGrain
{
    public Task<CommandResult> QueueAsync(QueueNotification command, CancellationToken cancellationToken) =>
        ExecuteAsync((notification, now) => NotificationDecider.Queue(notification, command, now), cancellationToken);

    public Task<CommandResult> RecordActionAsync(RecordNotificationAction command, CancellationToken cancellationToken) =>
        ExecuteAsync((notification, now) => NotificationDecider.RecordAction(notification, command, now), cancellationToken);

    public Task<NotificationView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    public override async Task WakeAsync(string name, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        // Before anything is sent: what comes without a tenant is not answered with an effect.
        _ = Caller;
        if (name != NotificationDecider.SendWake)
            throw new InvalidOperationException($"A notification has no wake-up '{name}'.");

        var notification = State;
        if (notification.Message is not { } message || !NotificationDecider.IsDue(notification, dueAt))
            return;

        var result = await SendAsync(notification, message, cancellationToken);
        await ExecuteAsync((state, now) => NotificationDecider.Record(state, result, now), cancellationToken);
    }

    private async Task<NotificationSendResult> SendAsync(Notification notification, NotificationQueued message, CancellationToken cancellationToken)
    {
        if (channels.FirstOrDefault(channel => channel.Channel == message.Channel) is not { } channel)
            return new NotificationSendResult.Permanent("channel_not_configured");

        return await channel.SendAsync(
            new NotificationMessage(
                Id.ProjectId,
                message.NotificationId,
                message.Type,
                message.Recipient,
                message.Title,
                message.Body,
                message.IncidentId,
                message.ApprovalId,
                notification.QueuedAt,
                notification.Attempts + 1,
                Caller.TraceId),
            cancellationToken);
    }

    private static NotificationView? ViewOf(Notification notification, long version) => notification.Message is not { } message
        ? null
        : new NotificationView(
            version,
            message.NotificationId,
            notification.Status,
            message.Channel,
            notification.Attempts,
            notification.MessageId,
            notification.LastError,
            notification.UserAction);
}
