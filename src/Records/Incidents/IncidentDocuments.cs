using AwoooP.Incidents;

namespace AwoooP.Records;

/// <summary>One entry of <c>incidents.decision_chain</c>.</summary>
/// <param name="Kind">plan_proposed, plan_declined, plan_withdrawn, alert_cleared, acknowledged, mitigation_started, repair_failed, escalated, reopened.</param>
internal sealed record IncidentDecision(
    string Kind,
    DateTimeOffset At,
    string By,
    string? Reason = null,
    string? PlaybookId = null,
    int? PlaybookVersion = null,
    double? TrustScore = null,
    double? Similarity = null,
    Guid? ApprovalId = null,
    Guid? RunId = null);

/// <summary><c>incidents.outcome</c>: how it ended and what people said to it.</summary>
internal sealed record IncidentOutcome(ResolutionKind Kind, string By, Guid? RunId, string? Comment, double SecondsToResolve)
{
    public string? ClosedBy { get; init; }
    public string? ClosingComment { get; init; }
}
