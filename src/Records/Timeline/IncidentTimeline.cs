using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Records.Projecting;
using AwoooP.Runs;
using AwoooP.Wording;

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
        IncidentSignalAdded added => new("system", "warning", Phrase.Of("incident_fired_again"))
        {
            Details = new() { ["member_id"] = added.Signal.MemberId, ["hit_count"] = added.HitCount },
        },
        IncidentReopened reopened => new("system", "error", Phrase.Of("incident_reopened"))
        {
            Details = new() { ["member_id"] = reopened.Signal.MemberId, ["hit_count"] = reopened.HitCount },
        },
        IncidentPlanProposed { Plan: var plan } => new("agent", "info", Phrase.Of("plan_proposed", ("playbook", plan.PlaybookName), ("target", TargetName.Of(plan))))
        {
            Why = Phrase.Of("plan_merits", ("trust", Share(plan.TrustScore)), ("similarity", Share(plan.Similarity)), ("autonomy", plan.Autonomy.ToString())),
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
        IncidentPlanDeclined declined => new("agent", "info", Phrase.Of("plan_declined")) { Description = Own(declined.Reason, declined.Why), Why = declined.Why },
        IncidentPlanWithdrawn withdrawn => new("agent", "info", Phrase.Of("plan_withdrawn"))
        {
            Why = Phrase.Of("reason", ("reason", withdrawn.ErrorCode)),
            Details = new() { ["run_id"] = withdrawn.RunId.ToString(), ["error_code"] = withdrawn.ErrorCode },
        },
        IncidentAlertCleared => new("system", "info", Phrase.Of("alert_cleared")),
        IncidentAcknowledged acknowledged => new("human", "info", Phrase.Of("incident_acknowledged", ("by", acknowledged.By)))
        {
            Actor = acknowledged.By,
            Description = acknowledged.Comment,
        },
        IncidentMitigationStarted started => new("exec", "info", Phrase.Of("mitigation_started")) { Details = new() { ["run_id"] = started.RunId.ToString() } },
        IncidentRepairFailed failed => new("exec", "error", Phrase.Of(failed.ErrorCode == RunErrors.Unverified ? "repair_unverified" : "repair_failed"))
        {
            Why = Phrase.Of("reason", ("reason", failed.ErrorCode)),
            Details = new() { ["run_id"] = failed.RunId.ToString(), ["error_code"] = failed.ErrorCode },
        },
        IncidentEscalated escalated => new(Actors.RoleOf(escalated.By) == Actors.Operator ? "human" : "agent", "warning", Phrase.Of("incident_escalated"))
        {
            Actor = escalated.By,
            Description = Own(escalated.Reason, escalated.Why),
            Why = escalated.Why,
        },
        IncidentResolved resolved => new(resolved.Kind == ResolutionKind.Operator ? "human" : "system", "success", Phrase.Of(Title(resolved.Kind)))
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
        IncidentClosed closed when Actors.RoleOf(closed.By) == Actors.Platform => new("system", "success", Phrase.Of("incident_closed_quiet")) { Actor = closed.By },
        IncidentClosed closed => new("human", "success", Phrase.Of("incident_closed", ("by", closed.By))) { Actor = closed.By, Description = closed.Comment },
        _ => null,
    };

    private static TimelineEntry? Alert(object data) => data switch
    {
        AlertResolved { IncidentId: { } incidentId } resolved => new("system", "success", Phrase.Of("alert_stopped", ("alert", resolved.Identity.AlertName)))
        {
            IncidentId = incidentId,
            Details = new() { ["fingerprint"] = resolved.Identity.Fingerprint },
        },
        _ => null,
    };

    private static Phrase Opening(AlertIdentity identity) => TargetName.Of(identity) is { } target
        ? Phrase.Of("incident_opened", ("alert", identity.AlertName), ("target", target))
        : Phrase.Of("incident_opened_untargeted", ("alert", identity.AlertName));

    /// <summary>A reason that has no phrase: a person's, or one of before.</summary>
    private static string? Own(string reason, Phrase? why) => why is null ? reason : null;

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Title(ResolutionKind kind) => kind switch
    {
        ResolutionKind.RepairVerified => "resolved_verified",
        ResolutionKind.AlertCleared => "resolved_cleared",
        _ => "resolved_operator",
    };
}
