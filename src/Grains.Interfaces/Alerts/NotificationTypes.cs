namespace AwoooP.Alerts;

/// <summary>
/// What kind of message an alert calls for, and of what kind a notification is: the whole vocabulary, of which rule files and
/// routes of notifications name what they need.
/// </summary>
public static class NotificationTypes
{
    /// <summary>Nothing is proposed.</summary>
    public const string NotificationOnly = "TYPE-1";

    public const string Suggestion = "TYPE-2";
    public const string NeedsApproval = "TYPE-3";
    public const string AutomaticRepairDone = "TYPE-4";
    public const string Drift = "TYPE-4D";
    public const string Security = "TYPE-5S";
    public const string Backup = "TYPE-6B";
    public const string Escalation = "TYPE-7E";
    public const string Maintenance = "TYPE-8M";
}
