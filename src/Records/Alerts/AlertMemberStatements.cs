using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How <c>alert_member</c> is written: members as sent, then the ends of those that were not sent whole.</summary>
internal static class AlertMemberStatements
{
    public static BulkStatement<MemberWord> Upsert { get; } = new BulkStatement<MemberWord>(
        """
        insert into alert_member (
            project_id, fingerprint, member_id, alertname, namespace, target, severity, alert_category, notification_type,
            labels, annotations, starts_at, ends_at, ended_at, received_at, generator_url, source, updated_at)
        select * from unnest(
            $1, $2, $3, $4, $5, $6, $7::public.incident_severity[], $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        on conflict (project_id, fingerprint, member_id) do update set
            severity = excluded.severity, alert_category = excluded.alert_category, notification_type = excluded.notification_type,
            annotations = excluded.annotations, starts_at = excluded.starts_at, ends_at = excluded.ends_at, ended_at = excluded.ended_at,
            received_at = excluded.received_at, generator_url = excluded.generator_url, source = excluded.source, updated_at = excluded.updated_at
        """)
        .Text(word => word.ProjectId)
        .Text(word => word.Fingerprint)
        .Text(word => word.MemberId, 16)
        .Text(word => word.Sent!.Identity.AlertName, 256)
        .Text(word => word.Sent!.Identity.Namespace, 256)
        .Text(word => word.Sent!.Identity.Target, 256)
        .Text(word => word.Sent!.Classification.Severity.ToString())
        .Text(word => word.Sent!.Classification.Category, 50)
        .Text(word => word.Sent!.Classification.NotificationType, 10)
        .Json(word => Document.Write(word.Sent!.Member.Labels))
        .Json(word => Document.Write(word.Sent!.Member.Annotations))
        .Time(word => word.Sent!.Member.StartsAt)
        .Time(word => word.EndsAt)
        .Time(word => word.EndedAt)
        .Time(word => word.ReceivedAt)
        .Text(word => word.Sent!.Member.GeneratorUrl)
        .Text(word => word.Sent!.Member.Source, 50)
        .Time(word => word.At);

    public static BulkStatement<MemberWord> Move { get; } = new BulkStatement<MemberWord>(
        """
        update alert_member m
        set ends_at = moved.ends_at, ended_at = moved.ended_at, received_at = coalesce(moved.received_at, m.received_at), updated_at = moved.updated_at
        from unnest($1, $2, $3, $4, $5, $6, $7) as moved (project_id, fingerprint, member_id, ends_at, ended_at, received_at, updated_at)
        where m.project_id = moved.project_id and m.fingerprint = moved.fingerprint and m.member_id = moved.member_id
        """)
        .Text(word => word.ProjectId)
        .Text(word => word.Fingerprint)
        .Text(word => word.MemberId)
        .Time(word => word.EndsAt)
        .Time(word => word.EndedAt)
        .Time(word => word.ReceivedAt)
        .Time(word => word.At);
}
