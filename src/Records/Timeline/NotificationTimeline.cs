using AwoooP.Notifications;
using AwoooP.Records.Projecting;
using AwoooP.Wording;

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
        NotificationDelayed delayed => new("system", "warning", Phrase.Of("notification_delayed", ("target", subject.Target)))
        {
            Why = Phrase.Of("reason", ("reason", delayed.Error)),
            Details = new() { ["attempt"] = delayed.Attempt, ["rate_limited"] = delayed.RateLimited, ["next_attempt_at"] = delayed.NextAttemptAt },
        },
        NotificationDelivered delivered => new("system", "success", Phrase.Of("notified", ("target", subject.Target), ("title", subject.Title)))
        {
            Details = new() { ["attempt"] = delivered.Attempt, ["message_id"] = delivered.MessageId },
        },
        NotificationFailed failed => new("system", "error", Phrase.Of("notification_failed", ("target", subject.Target)))
        {
            Why = Phrase.Of("reason", ("reason", failed.Error)),
            Details = new() { ["attempt"] = failed.Attempt },
        },
        NotificationActedOn acted => new("human", "info", Phrase.Of("notification_answered", ("by", acted.By), ("action", acted.Action)))
        {
            Actor = acted.By,
            Description = acted.Comment,
            Details = new() { ["action"] = acted.Action, ["time_to_action_sec"] = acted.TimeToActionSeconds },
        },
        _ => null,
    };
}
