namespace AwoooP.Notifications;

/// <summary>Refusal codes of a notification that callers act on.</summary>
public static class NotificationRefusals
{
    public const string NotFound = "notification_not_found";
}
