using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Notifications;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>What the first event of a run, an approval or a notification said that its later events do not repeat.</summary>
internal sealed record TimelineSubject(
    SubjectKey Key,
    string? IncidentId,
    string? ApprovalId,
    string? RiskLevel,
    string Title,
    string? Target,
    bool IsShadow)
{
    /// <summary>The subject that an event introduces, or null when it is not such a first event.</summary>
    public static TimelineSubject? From(DecodedEvent next) => next.Data switch
    {
        RunCreated { Plan: var plan } created => new(
            SubjectKey.Of(next), plan.IncidentId, plan.ApprovalId.ToString(), Literal.Of(plan.EffectiveRisk), plan.PlaybookName, TargetName.Of(plan), created.IsShadow),
        ApprovalRequested { Plan: var plan } => new(
            SubjectKey.Of(next), plan.IncidentId, plan.ApprovalId.ToString(), Literal.Of(plan.EffectiveRisk), plan.PlaybookName, TargetName.Of(plan), false),
        NotificationQueued queued => new(
            SubjectKey.Of(next), queued.IncidentId, queued.ApprovalId?.ToString(), null, queued.Title, $"{Literal.Of(queued.Channel)} {queued.Recipient}", false),
        _ => null,
    };

    /// <summary>Whether an event is about a subject at all.</summary>
    public static bool Concerns(DecodedEvent next) => next.Data is RunEvent or ApprovalEvent or NotificationEvent;
}

internal readonly record struct SubjectKey(string ProjectId, string Type, Guid Id)
{
    public static SubjectKey Of(DecodedEvent next) => new(next.ProjectId, next.Recorded.Id.Type, Guid.Parse(next.LocalKey));
}
