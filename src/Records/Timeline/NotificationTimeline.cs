using AwoooP.Notifications;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How events of a notification are told.</summary>
internal static class NotificationTimeline
{
    public static TimelineEntry? Tell(DecodedEvent next, TimelineSubject subject)
    {
        if (Entry(next.Data, subject) is not { } entry)
            return null;

        entry.Details["notification_id"] = next.LocalKey;
        return entry with { IncidentId = subject.IncidentId, ApprovalId = subject.ApprovalId };
    }

    private static TimelineEntry? Entry(object data, TimelineSubject subject) => data switch
    {
        NotificationDelayed delayed => new("system", "warning", $"Notification delayed: {subject.Target}")
        {
            Description = delayed.Error,
            Details = new() { ["attempt"] = delayed.Attempt, ["rate_limited"] = delayed.RateLimited, ["next_attempt_at"] = delayed.NextAttemptAt },
        },
        NotificationDelivered delivered => new("system", "success", $"Notified {subject.Target}: {subject.Title}")
        {
            Details = new() { ["attempt"] = delivered.Attempt, ["message_id"] = delivered.MessageId },
        },
        NotificationFailed failed => new("system", "error", $"Notification failed: {subject.Target}")
        {
            Description = failed.Error,
            Details = new() { ["attempt"] = failed.Attempt },
        },
        NotificationActedOn acted => new("human", "info", $"{acted.By} answered a notification: {acted.Action}")
        {
            Actor = acted.By,
            Description = acted.Comment,
            Details = new() { ["action"] = acted.Action, ["time_to_action_sec"] = acted.TimeToActionSeconds },
        },
        _ => null,
    };
}
