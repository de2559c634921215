using System.Collections.Frozen;
using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Notifications;

/// <summary>What becomes of a message. Pure: sending happens in the shell, between two decisions.</summary>
internal static class NotificationDecider
{
    /// <summary>The wake-up of the next attempt.</summary>
    public const string SendWake = "send";

    private const int MaxTitle = 500;
    private const int MaxBody = 16_384;
    private const int MaxError = 500;

    /// <summary>Later than this nobody acts on a message any more: its row may be removed a day after.</summary>
    private static readonly TimeSpan MaxActionAge = TimeSpan.FromDays(30);

    private static readonly FrozenSet<string> Actions = new[] { "approved", "rejected", "silenced", "ignored", "no_response" }.ToFrozenSet(StringComparer.Ordinal);

    public static Decision<NotificationEvent> Queue(Notification notification, QueueNotification command, DateTimeOffset now)
    {
        if (Table.Decide(notification.Status, NotificationTrigger.Queue, default).IsRefused(out var refusal))
            return refusal;
        if (command.Channel == NotificationChannel.None || !Enum.IsDefined(command.Channel))
            return new Refusal(RefusalKind.Invalid, "invalid_channel", "The channel is not known.", Field: "channel");
        if (command.Recipient is not { Length: >= 1 and <= 256 })
            return new Refusal(RefusalKind.Invalid, "invalid_recipient", "A recipient is named in 1 to 256 characters.", Field: "recipient");

        return Decision<NotificationEvent>
            .Of(new NotificationQueued(
                command.NotificationId,
                command.Channel,
                command.Type,
                command.Recipient,
                NotificationText.Clean(command.Title, MaxTitle),
                NotificationText.Clean(command.Body, MaxBody),
                command.IncidentId,
                command.ApprovalId))
            .WakeAt(SendWake, now);
    }

    /// <summary>Whether an attempt is due: a wake-up that comes twice, or too early, sends nothing.</summary>
    public static bool IsDue(Notification notification, DateTimeOffset now) => notification.NextAttemptAt <= now;

    public static Decision<NotificationEvent> Record(Notification notification, NotificationSendResult result, DateTimeOffset now) => result switch
    {
        NotificationSendResult.Delivered delivered => Ended(
            notification, NotificationTrigger.Deliver, new NotificationDelivered(notification.Attempts + 1, NotificationText.Bound(delivered.MessageId, 128))),
        NotificationSendResult.Permanent permanent => Ended(
            notification, NotificationTrigger.Fail, new NotificationFailed(notification.Attempts + 1, NotificationText.Clean(permanent.Error, MaxError))),
        NotificationSendResult.RateLimited limited => Delayed(notification, NotificationTrigger.RateLimit, "rate_limited", limited.RetryAfter, now),
        NotificationSendResult.Retryable retryable => Delayed(notification, NotificationTrigger.Delay, retryable.Error, null, now),
        _ => throw new InvalidOperationException($"{result.GetType().Name} is not a known result."),
    };

    public static Decision<NotificationEvent> RecordAction(Notification notification, RecordNotificationAction command, DateTimeOffset now)
    {
        if (!Actions.Contains(command.Action))
            return new Refusal(RefusalKind.Invalid, "invalid_action", "An action is approved, rejected, silenced, ignored or no_response.", Field: "action");
        if (Table.Decide(notification.Status, NotificationTrigger.RecordAction, new NotificationFacts(notification.UserAction is not null)).IsRefused(out var refusal))
            return refusal;

        if (now - (notification.DeliveredAt ?? notification.QueuedAt) > MaxActionAge)
            return new Refusal(RefusalKind.Conflict, "notification_too_old", $"Messages are acted on within {MaxActionAge.TotalDays:0} days.");

        // Counted from receipt; who acted before the message arrived had no time to count.
        int? seconds = notification.DeliveredAt is { } received ? (int)Math.Min(int.MaxValue, Math.Max(0, (now - received).TotalSeconds)) : null;
        return new NotificationActedOn(command.Action, command.By, command.Comment is { } comment ? NotificationText.Clean(comment, MaxTitle) : null, seconds);
    }

    private static TransitionTable<NotificationStatus, NotificationTrigger, NotificationFacts> Table => NotificationTransitions.Table;

    private static Decision<NotificationEvent> Ended(Notification notification, NotificationTrigger trigger, NotificationEvent end) =>
        Table.Decide(notification.Status, trigger, default).IsRefused(out var refusal)
            ? refusal
            : Decision<NotificationEvent>.Of(end).ClearWake(SendWake);

    private static Decision<NotificationEvent> Delayed(Notification notification, NotificationTrigger trigger, string error, TimeSpan? retryAfter, DateTimeOffset now)
    {
        var attempt = notification.Attempts + 1;
        var text = NotificationText.Clean(error, MaxError);
        if (attempt >= RetrySchedule.MaxAttempts)
            return Ended(notification, NotificationTrigger.Fail, new NotificationFailed(attempt, text));
        if (Table.Decide(notification.Status, trigger, default).IsRefused(out var refusal))
            return refusal;

        var next = now + RetrySchedule.WaitAfter(notification.Message!.NotificationId, attempt, retryAfter);
        return Decision<NotificationEvent>
            .Of(new NotificationDelayed(attempt, text, trigger == NotificationTrigger.RateLimit, next))
            .WakeAt(SendWake, next);
    }
}
