using System.Text.Json.Nodes;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Notifications;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>
/// What an event is in the life of an alert. An alert's firing is logged when its incident takes it in, since only then the row can name the incident.
/// </summary>
internal static class AlertOperations
{
    public static AlertOperation? Of(DecodedEvent next, TimelineSubject? subject) => subject is null
        ? OfIncident(next)
        : (OfApproval(next) ?? OfRun(next, subject) ?? OfNotification(next, subject)) is { } operation
            ? operation with { IncidentId = subject.IncidentId, ApprovalId = subject.ApprovalId }
            : null;

    private static AlertOperation? OfIncident(DecodedEvent next)
    {
        AlertOperation? operation = next.Data switch
        {
            IncidentOpened opened => new("ALERT_RECEIVED", opened.Identity.AlertName)
            {
                Context = new()
                {
                    ["fingerprint"] = opened.Identity.Fingerprint,
                    ["member_id"] = opened.Signal.MemberId,
                    ["severity"] = opened.Classification.Severity.ToString(),
                    ["category"] = opened.Classification.Category,
                    ["source"] = opened.Signal.Source,
                    ["hit_count"] = opened.HitCount,
                },
            },
            IncidentSignalAdded added => new("ALERT_RECEIVED", "further occurrence") { Context = Signal(added.Signal, added.HitCount) },
            IncidentReopened reopened => new("ALERT_RECEIVED", "reopened") { Context = Signal(reopened.Signal, reopened.HitCount) },
            IncidentAcknowledged => new("USER_ACTION", "acknowledge"),
            IncidentEscalated escalated => new("ESCALATED", escalated.Reason),
            IncidentResolved resolved => new("RESOLVED", Literal.Of(resolved.Kind), true),
            IncidentClosed => new("USER_ACTION", "close"),
            _ => null,
        };
        return operation is null ? null : operation with { IncidentId = next.LocalKey };
    }

    private static AlertOperation? OfApproval(DecodedEvent next) => next.Data switch
    {
        ApprovalVoted { Vote: var vote } => new("USER_ACTION", Literal.Of(vote.Choice))
        {
            Context = new() { ["user_id"] = vote.UserId, ["method"] = vote.Method },
        },
        ApprovalCancelled => new("USER_ACTION", "cancel"),
        ApprovalEscalated => new("APPROVAL_ESCALATED"),
        ApprovalExecutionBegun => new("PRE_FLIGHT_PASSED", "the approval holds for this plan", true),
        ApprovalSuperseded superseded => new("PRE_FLIGHT_FAILED", superseded.Reason, false),
        _ => null,
    };

    private static AlertOperation? OfRun(DecodedEvent next, TimelineSubject subject)
    {
        AlertOperation? operation = next.Data switch
        {
            RunCreated => new("AUTO_REPAIR_TRIGGERED", subject.Title),
            // Not the claim: a run is claimed anew after every wait and pause.
            RunStepBegun { StepNo: 1, Attempt: 1, Phase: StepPhase.Forward } => new("EXECUTION_STARTED", subject.Title),
            RunDryRunRecorded { Passed: false } => new("GUARDRAIL_BLOCKED", "dry run", false) { AuditLogId = AuditOf(next, subject) },
            RunStepFinished step when AuditOf(next, subject) is { } audit => new("CHANGE_APPLIED", step.Name, step.Status == StepStatus.Succeeded)
            {
                AuditLogId = audit,
                Error = step.ErrorCode,
            },
            RunCompleted completed => new("EXECUTION_COMPLETED", subject.Title, completed.Verified) { AutoRepairId = RepairOf(next) },
            // Who voted against it, or what held it back, is logged already; nothing was executed.
            RunFailed { StartedAt: null } or RunFailed { ErrorCode: RunErrors.DryRunFailed } => null,
            RunFailed failed => new("EXECUTION_COMPLETED", subject.Title, false)
            {
                AutoRepairId = RepairOf(next),
                Error = $"{failed.ErrorCode}: {failed.Message}",
            },
            RunCancelled { ErrorCode: RunErrors.Superseded } cancelled => new("GUARDRAIL_BLOCKED", cancelled.Reason, false),
            RunCancelled { ErrorCode: RunErrors.BudgetUsedUp } cancelled => new("GUARDRAIL_BLOCKED", cancelled.ErrorCode, false),
            RunCancelled cancelled => new("USER_ACTION", "cancel run") { Error = cancelled.ErrorCode },
            _ => null,
        };
        operation?.Context.Add("run_id", next.LocalKey);
        return operation;
    }

    private static AlertOperation? OfNotification(DecodedEvent next, TimelineSubject subject) => next.Data switch
    {
        NotificationDelivered delivered when subject.Target?.StartsWith("telegram ", StringComparison.Ordinal) == true =>
            new("TELEGRAM_SENT", subject.Title, true) { Context = new() { ["message_id"] = delivered.MessageId } },
        NotificationActedOn { Action: "silenced" } => new("SILENCED"),
        _ => null,
    };

    private static string? AuditOf(DecodedEvent next, TimelineSubject subject) =>
        Operation.Tells(next.Data, subject.IsShadow) ? Operation.RowIdOf(next) : null;

    private static string? RepairOf(DecodedEvent next) => Repair.From(next) is null ? null : Repair.RowIdOf(next);

    private static JsonObject Signal(AlertMember signal, int hitCount) => new()
    {
        ["member_id"] = signal.MemberId,
        ["source"] = signal.Source,
        ["hit_count"] = hitCount,
    };
}
