using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How events of an approval are told. Its execution is told by the run.</summary>
internal static class ApprovalTimeline
{
    public static TimelineEntry? Tell(DecodedEvent next, TimelineSubject subject) => Entry(next.Data, subject) is { } entry
        ? entry with { IncidentId = subject.IncidentId, ApprovalId = next.LocalKey, RiskLevel = subject.RiskLevel }
        : null;

    private static TimelineEntry? Entry(object data, TimelineSubject subject) => data switch
    {
        ApprovalRequested requested => new("agent", "info", $"Approval requested: {subject.Title} on {subject.Target}")
        {
            Description = requested.Description,
            Details = new()
            {
                ["required_votes"] = requested.RequiredVotes,
                ["escalates_at"] = requested.EscalatesAt,
                ["expires_at"] = requested.ExpiresAt,
                ["plan_sha256"] = requested.Plan.PlanSha256,
            },
        },
        ApprovalVoted { Vote: var vote } => new("human", vote.Choice == VoteChoice.Approve ? "success" : "warning", $"{vote.UserId} voted to {Literal.Of(vote.Choice)}")
        {
            Actor = vote.UserId,
            Description = vote.Comment,
            Details = new() { ["choice"] = Literal.Of(vote.Choice), ["method"] = vote.Method },
        },
        ApprovalGranted granted => new("human", "success", $"Approved: {subject.Title}") { Actor = granted.By },
        ApprovalRejected rejected => new("human", "warning", $"Rejected: {subject.Title}") { Actor = rejected.By, Description = rejected.Reason },
        ApprovalEscalated => new("system", "warning", "Approval escalated: no decision so far"),
        ApprovalExpired => new("system", "warning", "Approval expired without a decision"),
        ApprovalCancelled cancelled => new("human", "info", $"Approval cancelled by {cancelled.By}") { Actor = cancelled.By, Description = cancelled.Reason },
        ApprovalSuperseded superseded => new("system", "info", "Approval superseded: the plan no longer fits") { Description = superseded.Reason },
        _ => null,
    };
}
