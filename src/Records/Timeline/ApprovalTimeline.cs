using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Wording;

namespace AwoooP.Records;

/// <summary>How events of an approval are told. Its execution is told by the run.</summary>
internal static class ApprovalTimeline
{
    public static TimelineEntry? Tell(DecodedEvent next, TimelineSubject subject) => Entry(next.Data, subject) is { } entry
        ? entry with { IncidentId = subject.IncidentId, ApprovalId = next.LocalKey, RiskLevel = subject.RiskLevel }
        : null;

    private static TimelineEntry? Entry(object data, TimelineSubject subject) => data switch
    {
        ApprovalRequested requested => new("agent", "info", Phrase.Of("approval_requested", ("playbook", subject.Title), ("target", subject.Target)))
        {
            Why = Phrase.Of("approval_action", ("playbook", subject.Title), ("pattern", requested.Plan.ActionPattern), ("target", subject.Target)),
            Details = new()
            {
                ["required_votes"] = requested.RequiredVotes,
                ["escalates_at"] = requested.EscalatesAt,
                ["expires_at"] = requested.ExpiresAt,
                ["plan_sha256"] = requested.Plan.PlanSha256,
            },
        },
        ApprovalVoted { Vote: var vote } => new("human", vote.Choice == VoteChoice.Approve ? "success" : "warning", Phrase.Of(vote.Choice == VoteChoice.Approve ? "voted_approve" : "voted_reject", ("by", vote.UserId)))
        {
            Actor = vote.UserId,
            Description = vote.Comment,
            Details = new() { ["choice"] = Literal.Of(vote.Choice), ["method"] = vote.Method },
        },
        ApprovalGranted granted => new("human", "success", Phrase.Of("approved", ("playbook", subject.Title))) { Actor = granted.By },
        ApprovalRejected rejected => new("human", "warning", Phrase.Of("rejected", ("playbook", subject.Title))) { Actor = rejected.By, Description = rejected.Reason },
        ApprovalEscalated => new("system", "warning", Phrase.Of("approval_escalated")),
        ApprovalExpired => new("system", "warning", Phrase.Of("approval_expired")),
        ApprovalCancelled cancelled => new("human", "info", Phrase.Of("approval_cancelled", ("by", cancelled.By))) { Actor = cancelled.By, Description = cancelled.Reason },
        ApprovalSuperseded superseded => new("system", "info", Phrase.Of("approval_superseded")) { Why = Phrase.Of("reason", ("reason", superseded.Reason)) },
        _ => null,
    };
}
