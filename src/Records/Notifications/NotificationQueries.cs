using System.Globalization;
using AwoooP.Events;
using AwoooP.Notifications;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>notification_outcomes</c> for the API.</summary>
public sealed class NotificationQueries
{
    internal const string ListSql =
        """
        select outcome_id, project_id, notification_id, incident_id, approval_id, channel, notification_type, recipient, message_id, sent_at,
               delivery_status, delivery_error, user_action, user_action_at, user_comment, snoozed_count, time_to_action_sec, metadata::text
        from public.notification_outcomes
        where project_id = $1
          and ($2 is null or delivery_status = $2)
          and ($3 is null or incident_id = $3)
          and ($4 is null or approval_id = $4)
          and ($5 is null or (sent_at, outcome_id) < ($5, $6))
        order by sent_at desc, outcome_id desc
        limit $7
        """;

    private readonly TenantReader _reader;

    internal NotificationQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
    public Task<Page<NotificationRow>> ListAsync(string projectId, NotificationFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(
            projectId,
            filter,
            page,
            List(projectId, filter, page),
            Map,
            row => new Cursor(row.SentAt, row.OutcomeId.ToString(CultureInfo.InvariantCulture)),
            cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, NotificationFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Literal(filter.Status),
            TenantReader.Text(filter.IncidentId),
            TenantReader.Text(filter.ApprovalId),
            TenantReader.Time(page.After?.At),
            TenantReader.Bigint(page.After is { } after ? OutcomeId(after) : null),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    private static long OutcomeId(Cursor cursor) =>
        long.TryParse(cursor.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new InvalidCursorException();

    private static NotificationRow Map(NpgsqlDataReader reader) => new()
    {
        OutcomeId = reader.GetInt64(0),
        ProjectId = reader.GetString(1),
        NotificationId = reader.GetGuid(2),
        IncidentId = reader.Text(3),
        ApprovalId = reader.Text(4),
        Channel = Literal.To<NotificationChannel>(reader.GetString(5)),
        NotificationType = reader.Text(6),
        Recipient = reader.Text(7),
        MessageId = reader.Text(8),
        SentAt = reader.GetFieldValue<DateTimeOffset>(9),
        DeliveryStatus = Literal.To<NotificationStatus>(reader.GetString(10)),
        DeliveryError = reader.Text(11),
        UserAction = reader.Text(12),
        UserActionAt = reader.Time(13),
        UserComment = reader.Text(14),
        SnoozedCount = reader.GetInt32(15),
        TimeToActionSec = reader.Integer(16),
        Metadata = reader.Json(17),
    };
}
