using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Notifications;

/// <summary>
/// From queued to delivered or failed. A person may act on a message that is still on its way, or failed: they saw the matter elsewhere.
/// </summary>
public static class NotificationTransitions
{
    private static readonly Guard<NotificationFacts> FirstAction =
        new("not_acted_on", facts => !facts.HasActed, "already_acted_on", "A person's action on this notification is recorded already.", RefusalKind.Conflict);

    public static TransitionTable<NotificationStatus, NotificationTrigger, NotificationFacts> Table { get; } = new("notification",
    [
        new(NotificationStatus.None, NotificationTrigger.Queue, NotificationStatus.Pending),

        new(NotificationStatus.Pending, NotificationTrigger.Deliver, NotificationStatus.Delivered),
        new(NotificationStatus.Pending, NotificationTrigger.Delay, NotificationStatus.Pending),
        new(NotificationStatus.Pending, NotificationTrigger.RateLimit, NotificationStatus.RateLimited),
        new(NotificationStatus.Pending, NotificationTrigger.Fail, NotificationStatus.Failed),
        new(NotificationStatus.Pending, NotificationTrigger.RecordAction, NotificationStatus.Pending, FirstAction),

        new(NotificationStatus.RateLimited, NotificationTrigger.Deliver, NotificationStatus.Delivered),
        new(NotificationStatus.RateLimited, NotificationTrigger.Delay, NotificationStatus.Pending),
        new(NotificationStatus.RateLimited, NotificationTrigger.RateLimit, NotificationStatus.RateLimited),
        new(NotificationStatus.RateLimited, NotificationTrigger.Fail, NotificationStatus.Failed),
        new(NotificationStatus.RateLimited, NotificationTrigger.RecordAction, NotificationStatus.RateLimited, FirstAction),

        new(NotificationStatus.Delivered, NotificationTrigger.RecordAction, NotificationStatus.Delivered, FirstAction),
        new(NotificationStatus.Failed, NotificationTrigger.RecordAction, NotificationStatus.Failed, FirstAction),
    ],
    [NotificationTrigger.RecordAction]);
}
