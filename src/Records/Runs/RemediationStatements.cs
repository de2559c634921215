using AwoooP.Playbooks;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>How <c>remediation_events</c> is written: pending with the run's creation, then what became of it.</summary>
internal static class RemediationStatements
{
    public static BulkStatement<DecodedEvent> Begin { get; } = new BulkStatement<DecodedEvent>(
        """
        insert into remediation_events (
            status, executed_by, project_id, event_id, run_id, incident_id, approval_id, remediation_type, action_name, target_resource,
            namespace, dry_run, created_at, metadata)
        select 'pending', 'ai_agent', * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """)
        .Text(next => next.ProjectId)
        .Bigint(next => next.Recorded.SerialKey())
        .Uuid(next => Guid.Parse(next.LocalKey))
        .Text(next => Created(next).Plan.IncidentId)
        .Text(next => Created(next).Plan.ApprovalId.ToString())
        .Text(next => Tier(Created(next).Plan))
        .Text(next => Created(next).Plan.ActionPattern)
        .Text(next => Created(next).Plan.Target)
        .Text(next => Created(next).Plan.Namespace)
        .Boolean(next => Created(next).IsShadow)
        .Time(next => next.At)
        .Json(next => Created(next).Plan is var plan
            ? Document.Write(new RemediationMetadata(plan.PlaybookId, plan.PlaybookVersion, plan.PlaybookName, plan.PlanSha256, plan.Steps.Count))
            : null);

    public static BulkStatement<EndedRun> End { get; } = new BulkStatement<EndedRun>(
        """
        update remediation_events r
        set status = ended.status, error_message = ended.error_message, duration_ms = ended.duration_ms, completed_at = ended.completed_at
        from unnest($1, $2, $3, $4, $5, $6) as ended (project_id, run_id, status, error_message, duration_ms, completed_at)
        where r.project_id = ended.project_id and r.run_id = ended.run_id
        """)
        .Text(row => row.Event.ProjectId)
        .Uuid(row => Guid.Parse(row.Event.LocalKey))
        .Text(row => Status(row))
        .Text(row => Error(row))
        .Integer(row => row.Run.Outcome?.DurationMs is { } duration ? (int)Math.Min(int.MaxValue, duration) : null)
        .Time(row => row.Event.At);

    private static RunCreated Created(DecodedEvent next) => (RunCreated)next.Data;

    /// <summary>The tool that the plan's commands run, where it is one that is told apart; every other repair says what to do, step by step.</summary>
    private static string Tier(RepairPlan plan) => plan.Steps.OfType<CommandStep>().Select(step => step.Program switch
    {
        "kubectl" => "kubectl",
        "ansible" or "ansible-playbook" => "ansible",
        "helm" => "helm",
        "argocd" => "argocd_sync",
        _ => null,
    }).FirstOrDefault(tier => tier is not null) ?? "imperative";

    private static string Status(EndedRun ended) => (ended.Event.Data, ended.Run.IsShadow) switch
    {
        (RunCompleted, false) => "success",
        (RunCompleted, true) => "dry_run_ok",
        (_, true) or (RunFailed { ErrorCode: RunErrors.DryRunFailed }, _) => "dry_run_failed",
        (RunFailed { RolledBack: true }, _) => "rolled_back",
        _ => "failed",
    };

    private static string? Error(EndedRun ended) => ended.Event.Data switch
    {
        RunFailed failed => $"{failed.ErrorCode}: {failed.Message}",
        RunCancelled cancelled => cancelled.Reason is null ? cancelled.ErrorCode : $"{cancelled.ErrorCode}: {cancelled.Reason}",
        RunTimedOut timedOut => timedOut.ErrorCode,
        _ => null,
    };
}
