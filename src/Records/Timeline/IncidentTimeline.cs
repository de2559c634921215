using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How events of an incident, and of the alert behind it, are told.</summary>
internal static class IncidentTimeline
{
    public static TimelineEntry? Tell(DecodedEvent next) => Entry(next) is { } entry ? entry with { IncidentId = next.LocalKey } : Alert(next.Data);

    private static TimelineEntry? Entry(DecodedEvent next) => next.Data switch
    {
        IncidentOpened opened => new("system", "warning", Opening(opened.Identity))
        {
            Description = opened.Signal.Annotations.GetValueOrDefault("summary") ?? opened.Signal.Annotations.GetValueOrDefault("description"),
            Details = new()
            {
                ["severity"] = opened.Classification.Severity.ToString(),
                ["category"] = opened.Classification.Category,
                ["notification_type"] = opened.Classification.NotificationType,
                ["fingerprint"] = opened.Identity.Fingerprint,
                ["hit_count"] = opened.HitCount,
            },
        },
        IncidentSignalAdded added => new("system", "warning", "The alert fired once more")
        {
            Details = new() { ["member_id"] = added.Signal.MemberId, ["hit_count"] = added.HitCount },
        },
        IncidentReopened reopened => new("system", "error", "The alert fired again: incident reopened")
        {
            Details = new() { ["member_id"] = reopened.Signal.MemberId, ["hit_count"] = reopened.HitCount },
        },
        IncidentPlanProposed { Plan: var plan } => new("agent", "info", $"Plan proposed: {plan.PlaybookName} on {TargetName.Of(plan)}")
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"Trust {plan.TrustScore:0.000}, similarity {plan.Similarity:0.000}, autonomy {plan.Autonomy}."),
            ApprovalId = plan.ApprovalId.ToString(),
            RiskLevel = Literal.Of(plan.EffectiveRisk),
            Details = new()
            {
                ["playbook_id"] = plan.PlaybookId,
                ["playbook_version"] = plan.PlaybookVersion,
                ["run_id"] = plan.RunId.ToString(),
                ["plan_sha256"] = plan.PlanSha256,
                ["risk"] = Literal.Of(plan.Risk),
                ["steps"] = new JsonArray([.. plan.Steps.Select(step => (JsonNode)step.Name)]),
            },
        },
        IncidentPlanDeclined declined => new("agent", "info", "No plan proposed") { Description = declined.Reason },
        IncidentPlanWithdrawn withdrawn => new("agent", "info", "Plan withdrawn: it was not executed")
        {
            Details = new() { ["run_id"] = withdrawn.RunId.ToString(), ["error_code"] = withdrawn.ErrorCode },
        },
        IncidentAlertCleared => new("system", "info", "The alert stopped firing while the repair runs"),
        IncidentAcknowledged acknowledged => new("human", "info", $"Acknowledged by {acknowledged.By}")
        {
            Actor = acknowledged.By,
            Description = acknowledged.Comment,
        },
        IncidentMitigationStarted started => new("exec", "info", "Mitigation started") { Details = new() { ["run_id"] = started.RunId.ToString() } },
        IncidentRepairFailed failed => new("exec", "error", "The repair did not hold: investigating again")
        {
            Details = new() { ["run_id"] = failed.RunId.ToString(), ["error_code"] = failed.ErrorCode },
        },
        IncidentEscalated escalated => new(Actors.RoleOf(escalated.By) == Actors.Operator ? "human" : "agent", "warning", "Incident escalated")
        {
            Actor = escalated.By,
            Description = escalated.Reason,
        },
        IncidentResolved resolved => new(resolved.Kind == ResolutionKind.Operator ? "human" : "system", "success", Title(resolved.Kind))
        {
            Actor = resolved.By,
            Description = resolved.Comment,
            Details = new()
            {
                ["resolution"] = Literal.Of(resolved.Kind),
                ["run_id"] = resolved.RunId?.ToString(),
                ["seconds_to_resolve"] = (next.At - resolved.OpenedAt).TotalSeconds,
            },
        },
        IncidentClosed closed => new("human", "success", $"Closed by {closed.By}") { Actor = closed.By, Description = closed.Comment },
        _ => null,
    };

    private static TimelineEntry? Alert(object data) => data switch
    {
        AlertResolved { IncidentId: { } incidentId } resolved => new("system", "success", $"Alert stopped firing: {resolved.Identity.AlertName}")
        {
            IncidentId = incidentId,
            Details = new() { ["fingerprint"] = resolved.Identity.Fingerprint },
        },
        _ => null,
    };

    private static string Opening(AlertIdentity identity) =>
        TargetName.Of(identity) is { } target ? $"Incident opened: {identity.AlertName} on {target}" : $"Incident opened: {identity.AlertName}";

    private static string Title(ResolutionKind kind) => kind switch
    {
        ResolutionKind.RepairVerified => "Resolved: the repair was verified",
        ResolutionKind.AlertCleared => "Resolved: the alert stopped firing",
        _ => "Resolved by an operator",
    };
}
