using AwoooP.Alerts;
using AwoooP.Incidents;
using AwoooP.Playbooks;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event of an incident makes of its row.</summary>
internal static class IncidentFold
{
    /// <summary>The first signal tells what it began with, the newest ones what it is now; what lies between is in the log.</summary>
    private const int NewestSignals = 99;

    private const int NewestDecisions = 200;

    public static bool Begins(DecodedEvent next) => next.Data is IncidentOpened;

    public static IncidentRecord Apply(IncidentRecord? row, DecodedEvent next)
    {
        if (next.Data is IncidentOpened opened)
            return Open(next, opened);

        var before = row! with { UpdatedAt = next.At };
        return next.Data switch
        {
            IncidentSignalAdded added => before with { Signals = Add(before.Signals, added.Signal) },
            IncidentReopened reopened => Decide(before, new("reopened", next.At, next.Recorded.Actor)) with
            {
                Status = IncidentStatus.Investigating,
                Signals = Add(before.Signals, reopened.Signal),
                ResolvedAt = null,
                Outcome = null,
            },
            IncidentPlanProposed { Plan: var plan } => Decide(before, Proposed(next, plan)) with
            {
                Proposals = before.Proposals.Contains(plan.ApprovalId) ? before.Proposals : [.. before.Proposals, plan.ApprovalId],
            },
            IncidentPlanDeclined declined => Decide(before, new("plan_declined", next.At, next.Recorded.Actor, declined.Reason)),
            IncidentPlanWithdrawn withdrawn => Decide(before, new("plan_withdrawn", next.At, next.Recorded.Actor, withdrawn.ErrorCode, RunId: withdrawn.RunId)),
            IncidentAlertCleared => Decide(before, new("alert_cleared", next.At, next.Recorded.Actor)),
            IncidentAcknowledged acknowledged => Decide(before, new("acknowledged", next.At, acknowledged.By, acknowledged.Comment)),
            IncidentMitigationStarted started => Decide(before, new("mitigation_started", next.At, next.Recorded.Actor, RunId: started.RunId)) with
            {
                Status = IncidentStatus.Mitigating,
            },
            IncidentRepairFailed failed => Decide(before, new("repair_failed", next.At, next.Recorded.Actor, failed.ErrorCode, RunId: failed.RunId)) with
            {
                Status = IncidentStatus.Investigating,
            },
            IncidentEscalated escalated => Decide(before, new("escalated", next.At, escalated.By, escalated.Reason)) with { Status = IncidentStatus.Escalated },
            IncidentResolved resolved => before with
            {
                Status = IncidentStatus.Resolved,
                ResolvedAt = next.At,
                Outcome = new(resolved.Kind, resolved.By, resolved.RunId, resolved.Comment, (next.At - resolved.OpenedAt).TotalSeconds),
            },
            IncidentClosed closed => before with
            {
                Status = IncidentStatus.Closed,
                ClosedAt = next.At,
                Outcome = before.Outcome is null ? null : before.Outcome with { ClosedBy = closed.By, ClosingComment = closed.Comment },
            },
            _ => throw next.Unknown(),
        };
    }

    private static IncidentRecord Open(DecodedEvent next, IncidentOpened opened) => new()
    {
        Key = next.Key,
        Status = IncidentStatus.Investigating,
        Severity = opened.Classification.Severity,
        Signals = [opened.Signal],
        AffectedServices = opened.AffectedServices,
        AlertName = opened.Identity.AlertName,
        NotificationType = opened.Classification.NotificationType,
        Category = opened.Classification.Category,
        Frequency = opened.Frequency,
        CreatedAt = next.At,
        UpdatedAt = next.At,
    };

    private static IncidentDecision Proposed(DecodedEvent next, RepairPlan plan) => new("plan_proposed", next.At, next.Recorded.Actor)
    {
        PlaybookId = plan.PlaybookId,
        PlaybookVersion = plan.PlaybookVersion,
        TrustScore = plan.TrustScore,
        Similarity = plan.Similarity,
        ApprovalId = plan.ApprovalId,
        RunId = plan.RunId,
    };

    private static IReadOnlyList<AlertMember> Add(IReadOnlyList<AlertMember> signals, AlertMember signal) => signals.Count <= NewestSignals
        ? [.. signals, signal]
        : [signals[0], .. signals.Skip(signals.Count - NewestSignals + 1), signal];

    private static IncidentRecord Decide(IncidentRecord row, IncidentDecision decision) => row with
    {
        Decisions = [.. row.Decisions.Skip(Math.Max(0, row.Decisions.Count - NewestDecisions + 1)), decision],
    };
}
