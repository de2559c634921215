using AwoooP.Notifications;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event of a notification makes of its row.</summary>
internal static class NotificationFold
{
    public static bool Begins(DecodedEvent next) => next.Data is NotificationQueued;

    public static NotificationRecord Apply(NotificationRecord? row, DecodedEvent next) => next.Data switch
    {
        NotificationQueued queued => new NotificationRecord
        {
            Key = next.Key,
            OutcomeId = next.Recorded.SerialKey(),
            IncidentId = queued.IncidentId,
            ApprovalId = queued.ApprovalId?.ToString(),
            Channel = queued.Channel,
            Type = queued.Type,
            Recipient = queued.Recipient,
            SentAt = next.At,
            Status = NotificationStatus.Pending,
            Metadata = new(queued.Title, next.At),
        },
        NotificationDelayed delayed => row! with
        {
            Status = delayed.RateLimited ? NotificationStatus.RateLimited : NotificationStatus.Pending,
            Error = delayed.Error,
            Metadata = row.Metadata with { Attempts = delayed.Attempt, NextAttemptAt = delayed.NextAttemptAt },
        },
        NotificationDelivered delivered => row! with
        {
            Status = NotificationStatus.Delivered,
            Error = null,
            MessageId = delivered.MessageId,
            SentAt = next.At,
            Metadata = row.Metadata with { Attempts = delivered.Attempt, NextAttemptAt = null },
        },
        NotificationFailed failed => row! with
        {
            Status = NotificationStatus.Failed,
            Error = failed.Error,
            SentAt = next.At,
            Metadata = row.Metadata with { Attempts = failed.Attempt, NextAttemptAt = null },
        },
        NotificationActedOn acted => row! with
        {
            Action = acted.Action,
            ActionAt = next.At,
            Comment = acted.Comment,
            SecondsToAction = acted.TimeToActionSeconds,
            Snoozed = row.Snoozed + (acted.Action == "silenced" ? 1 : 0),
            Metadata = row.Metadata with { ActionBy = acted.By },
        },
        _ => throw next.Unknown(),
    };
}
