using AwoooP.Events;
using AwoooP.Notifications;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>notification_outcomes</c> are read and written in bulk.</summary>
internal static class NotificationTable
{
    private const string Read =
        """
        select n.project_id, n.notification_id::text, n.outcome_id, n.incident_id, n.approval_id, n.channel, n.notification_type, n.recipient,
               n.message_id, n.sent_at, n.delivery_status, n.delivery_error, n.user_action, n.user_action_at, n.user_comment, n.snoozed_count,
               n.time_to_action_sec, n.metadata::text
        from unnest($1, $2) as wanted (project_id, notification_id)
        join notification_outcomes n on n.project_id = wanted.project_id and n.notification_id = wanted.notification_id::uuid
        """;

    private const string Upsert =
        """
        insert into notification_outcomes (
            project_id, notification_id, outcome_id, incident_id, approval_id, channel, notification_type, recipient, message_id, sent_at,
            delivery_status, delivery_error, user_action, user_action_at, user_comment, snoozed_count, time_to_action_sec, metadata)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        on conflict (project_id, outcome_id) do update set
            message_id = excluded.message_id, sent_at = excluded.sent_at, delivery_status = excluded.delivery_status,
            delivery_error = excluded.delivery_error, user_action = excluded.user_action, user_action_at = excluded.user_action_at,
            user_comment = excluded.user_comment, snoozed_count = excluded.snoozed_count, time_to_action_sec = excluded.time_to_action_sec,
            metadata = excluded.metadata
        """;

    public static FoldedTable<NotificationRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<NotificationRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Uuid(row => Guid.Parse(row.Key.LocalKey))
            .Bigint(row => row.OutcomeId)
            .Text(row => row.IncidentId)
            .Text(row => row.ApprovalId)
            .Text(row => Literal.Of(row.Channel))
            .Text(row => row.Type)
            .Text(row => row.Recipient)
            .Text(row => row.MessageId)
            .Time(row => row.SentAt)
            .Text(row => Literal.Of(row.Status))
            .Text(row => row.Error)
            .Text(row => row.Action)
            .Time(row => row.ActionAt)
            .Text(row => row.Comment)
            .Integer(row => row.Snoozed)
            .Integer(row => row.SecondsToAction)
            .Json(row => Document.Write(row.Metadata)));

    private static NotificationRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        OutcomeId = reader.GetInt64(2),
        IncidentId = reader.Text(3),
        ApprovalId = reader.Text(4),
        Channel = Literal.To<NotificationChannel>(reader.GetString(5)),
        Type = reader.GetString(6),
        Recipient = reader.GetString(7),
        MessageId = reader.Text(8),
        SentAt = reader.GetFieldValue<DateTimeOffset>(9),
        Status = Literal.To<NotificationStatus>(reader.GetString(10)),
        Error = reader.Text(11),
        Action = reader.Text(12),
        ActionAt = reader.Time(13),
        Comment = reader.Text(14),
        Snoozed = reader.GetInt32(15),
        SecondsToAction = reader.Integer(16),
        Metadata = Document.Read<NotificationMetadata>(reader.GetString(17))!,
    };
}
