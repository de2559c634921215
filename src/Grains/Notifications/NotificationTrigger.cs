namespace AwoooP.Notifications;

/// <summary>What can happen to a message.</summary>
public enum NotificationTrigger
{
    None = 0,
    Queue,
    Deliver,
    Delay,
    RateLimit,
    Fail,
    RecordAction,
}
