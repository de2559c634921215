using AwoooP.Approvals;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event of an approval makes of its row.</summary>
internal static class ApprovalFold
{
    public static bool Begins(DecodedEvent next) => next.Data is ApprovalRequested;

    public static ApprovalRecord Apply(ApprovalRecord? row, DecodedEvent next)
    {
        if (next.Data is ApprovalRequested requested)
            return Request(next, requested);

        var before = row! with { UpdatedAt = next.At };
        return next.Data switch
        {
            ApprovalVoted { Vote: var vote } => before with
            {
                Votes = [.. before.Votes, new ApprovalVote(vote.UserId, vote.VotedAt, vote.Choice, vote.Method, vote.Comment)],
            },
            ApprovalGranted granted => End(before, next, ApprovalStatus.Approved, granted.By, null),
            ApprovalRejected rejected => End(before, next, ApprovalStatus.Rejected, rejected.By, rejected.Reason) with { RejectionReason = rejected.Reason },
            ApprovalEscalated => before with { Metadata = before.Metadata with { EscalatedAt = next.At } },
            ApprovalExpired => End(before, next, ApprovalStatus.Expired, next.Recorded.Actor, null),
            ApprovalCancelled cancelled => End(before, next, ApprovalStatus.Cancelled, cancelled.By, cancelled.Reason),
            ApprovalSuperseded superseded => End(before, next, ApprovalStatus.Superseded, next.Recorded.Actor, superseded.Reason),
            ApprovalExecutionBegun => before with { Status = ApprovalStatus.Executing },
            ApprovalExecuted => before with { Status = ApprovalStatus.Executed },
            ApprovalExecutionFailed failed => before with
            {
                Status = ApprovalStatus.Failed,
                Metadata = before.Metadata with { ErrorCode = failed.ErrorCode },
            },
            _ => throw next.Unknown(),
        };
    }

    private static ApprovalRecord Request(DecodedEvent next, ApprovalRequested requested) => new()
    {
        Key = next.Key,
        Action = requested.Plan.ActionPattern,
        Description = requested.Description,
        Status = ApprovalStatus.Pending,
        Risk = requested.Plan.EffectiveRisk,
        BlastRadius = new(requested.Plan.Namespace, requested.Plan.Target, requested.Plan.Steps.Count),
        RequestedBy = requested.RequestedBy,
        Metadata = new()
        {
            RunId = requested.Plan.RunId,
            PlanSha256 = requested.Plan.PlanSha256,
            PlaybookName = requested.Plan.PlaybookName,
            PlaybookVersion = requested.Plan.PlaybookVersion,
            Risk = requested.Plan.Risk,
            Autonomy = requested.Plan.Autonomy,
            TrustScore = requested.Plan.TrustScore,
            EscalatesAt = requested.EscalatesAt,
        },
        Fingerprint = requested.Plan.Fingerprint,
        HitCount = requested.HitCount,
        LastSeenAt = next.At,
        Level = requested.Plan.ApprovalLevel,
        RequiredVotes = requested.RequiredVotes,
        IncidentId = requested.Plan.IncidentId,
        PlaybookId = requested.Plan.PlaybookId,
        CreatedAt = next.At,
        UpdatedAt = next.At,
        ExpiresAt = requested.ExpiresAt,
    };

    // An approval that was granted can still be cancelled or superseded: it stopped being pending when it was granted.
    private static ApprovalRecord End(ApprovalRecord row, DecodedEvent next, ApprovalStatus status, string by, string? reason) => row with
    {
        Status = status,
        ResolvedAt = row.ResolvedAt ?? next.At,
        Metadata = row.Metadata with { EndedBy = by, Reason = reason },
    };
}
