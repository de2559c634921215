using AwoooP.Events;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How <c>auto_repair_executions</c> is written: one row a run that ended after it had executed something.</summary>
internal static class AutoRepairStatements
{
    public const string Table = "auto_repair_executions";

    public static BulkStatement<Repair> Insert { get; } = new BulkStatement<Repair>(
        """
        insert into auto_repair_executions (
            project_id, id, incident_id, playbook_id, playbook_name, success, executed_steps, error_message,
            similarity_score, risk_level, execution_time_ms, created_at)
        select ended.project_id, id, incident_id, playbook_id, playbook_name, success, executed.steps, error_message,
            similarity_score, risk_level, execution_time_ms, created_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as ended (
            project_id, id, run_id, incident_id, playbook_id, playbook_name, success, error_message,
            similarity_score, risk_level, execution_time_ms, created_at)
        cross join lateral (
            select jsonb_agg(jsonb_build_object(
                'step_no', s.step_no, 'attempt', s.attempt, 'phase', s.phase, 'kind', s.kind, 'name', s.name,
                'status', s.status, 'error_code', s.error_code, 'duration_ms', s.duration_ms)
                order by s.attempt, s.phase, case when s.phase = 'rollback' then -s.step_no else s.step_no end) as steps
            from step_journal s
            where s.project_id = ended.project_id and s.run_id = ended.run_id) as executed
        where executed.steps is not null
        """)
        .Text(row => row.Event.ProjectId)
        .Text(row => Repair.RowIdOf(row.Event))
        .Uuid(row => Guid.Parse(row.Event.LocalKey))
        .Text(row => row.Plan.IncidentId, 64)
        .Text(row => row.Plan.PlaybookId, 64)
        .Text(row => row.Plan.PlaybookName, 256)
        .Boolean(row => row.Success)
        .Text(row => row.Error)
        .Double(row => row.Plan.Similarity)
        .Text(row => Literal.Of(row.Plan.EffectiveRisk), 20)
        .Integer(row => (int)Math.Clamp((row.Event.At - row.StartedAt).TotalMilliseconds, 0, int.MaxValue))
        .Time(row => row.Event.At);
}
