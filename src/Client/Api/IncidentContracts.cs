using AwoooP.Alerts;
using AwoooP.Incidents;
using AwoooP.Playbooks;

namespace AwoooP.Client.Api;

/// <summary>An incident as it stands, straight from the incident itself.</summary>
public sealed record IncidentDetail(
    string ProjectId,
    string IncidentId,
    long Version,
    IncidentStatus Status,
    Severity Severity,
    string Category,
    string NotificationType,
    string AlertName,
    string Namespace,
    string Target,
    string Fingerprint,
    int HitCount,
    string? AcknowledgedBy,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ResolvedAt,
    RepairPlan? Plan,
    Guid? ApprovalId,
    Guid? RunId,
    IReadOnlyList<string> AvailableActions)
{
    internal static IncidentDetail Of(string projectId, IncidentView view) => new(
        projectId,
        view.IncidentId,
        view.Version,
        view.Status,
        view.Classification.Severity,
        view.Classification.Category,
        view.Classification.NotificationType,
        view.Identity.AlertName,
        view.Identity.Namespace,
        view.Identity.Target,
        view.Identity.Fingerprint,
        view.HitCount,
        view.AcknowledgedBy,
        view.OpenedAt,
        view.ResolvedAt,
        view.Plan,
        view.Plan?.ApprovalId,
        view.Plan?.RunId,
        view.AvailableActions);
}
