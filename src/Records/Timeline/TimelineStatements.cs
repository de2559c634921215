using AwoooP.Commands;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How <c>timeline_events</c> and <c>alert_operation_log</c> are written. Both are insert-only.</summary>
internal static class TimelineStatements
{
    public static BulkStatement<TimelineLine> InsertLines { get; } = new BulkStatement<TimelineLine>(
        """
        insert into timeline_events (
            project_id, id, event_type, status, title, description, actor, actor_role, risk_level, approval_id, incident_id, details, created_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """)
        .Text(line => line.Event.ProjectId)
        .Text(line => line.Event.Recorded.RowId("timeline_events").ToString())
        .Text(line => line.Entry.Type)
        .Text(line => line.Entry.Status)
        .Text(line => line.Title, 500)
        .Text(line => line.Description)
        .Text(line => line.Actor, 100)
        .Text(line => Actors.RoleOf(line.Actor))
        .Text(line => line.Entry.RiskLevel)
        .Text(line => line.Entry.ApprovalId)
        .Text(line => line.Entry.IncidentId, 64)
        .Json(line => line.Details)
        .Time(line => line.Event.At);

    public static BulkStatement<AlertOperationLine> InsertOperations { get; } = new BulkStatement<AlertOperationLine>(
        """
        insert into alert_operation_log (
            project_id, id, incident_id, approval_id, audit_log_id, auto_repair_id, event_type, actor, action_detail, success,
            error_message, context, created_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7::public.alert_event_type[], $8, $9, $10, $11, $12, $13)
        """)
        .Text(line => line.Event.ProjectId)
        .Text(line => line.Event.Recorded.RowId("alert_operation_log").ToString())
        .Text(line => line.Operation.IncidentId, 64)
        .Text(line => line.Operation.ApprovalId)
        .Text(line => line.Operation.AuditLogId)
        .Text(line => line.Operation.AutoRepairId)
        .Text(line => line.Operation.Type)
        .Text(line => line.Event.Recorded.Actor, 100)
        .Text(line => line.Operation.Detail, 200)
        .Boolean(line => line.Operation.Success)
        .Text(line => line.Operation.Error)
        .Json(line => line.Operation.Context.ToJsonString())
        .Time(line => line.Event.At);
}
