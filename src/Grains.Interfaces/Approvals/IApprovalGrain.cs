using AwoooP.Commands;
using AwoooP.Playbooks;

namespace AwoooP.Approvals;

/// <summary>One request for signatures. Key: <c>{project_id}/{approval_id}</c>.</summary>
public interface IApprovalGrain : IAggregateGrain
{
    Task<CommandResult> RequestAsync(RequestApproval command, CancellationToken cancellationToken);

    /// <summary>One person counts once; the requester may not be the only approver; one rejection ends it.</summary>
    Task<CommandResult> VoteAsync(CastVote command, CancellationToken cancellationToken);

    Task<CommandResult> CancelAsync(CancelApproval command, CancellationToken cancellationToken);

    /// <summary>The plan no longer fits: the alert is quiet, the target changed, or a newer plan took its place.</summary>
    Task<CommandResult> SupersedeAsync(SupersedeApproval command, CancellationToken cancellationToken);

    /// <summary>The run asks, with the plan it is about to execute: valid only for that plan.</summary>
    Task<CommandResult> BeginExecutionAsync(BeginExecution command, CancellationToken cancellationToken);

    Task<CommandResult> FinishExecutionAsync(FinishExecution command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<ApprovalView?> GetAsync(CancellationToken cancellationToken);
}

public sealed record RequestApproval(RepairPlan Plan, string Description, string RequestedBy, int HitCount);

/// <param name="MayApprove">Whether the caller's role lets this person approve; the front fills it from the principal.</param>
/// <param name="Method">How the person was known: api_key, oidc or local.</param>
/// <param name="IssuedBy">Who issued the voter's key, and so on; empty when a token tells who it is. The front fills it from the principal.</param>
public sealed record CastVote(string UserId, bool MayApprove, VoteChoice Choice, string Method, string? Comment, IReadOnlyList<string>? IssuedBy = null);

public sealed record CancelApproval(string Reason);

public sealed record SupersedeApproval(string Reason);

public sealed record BeginExecution(Guid RunId, string PlanSha256);

public sealed record FinishExecution(Guid RunId, bool Success, string? ErrorCode);

/// <param name="IssuedBy">Who may know the voter's secret, too; null in votes from before it was told.</param>
public sealed record Vote(
    string UserId, VoteChoice Choice, string Method, string? Comment, DateTimeOffset VotedAt, IReadOnlyList<string>? IssuedBy = null);

public sealed record ApprovalView(
    long Version,
    Guid ApprovalId,
    ApprovalStatus Status,
    RepairPlan Plan,
    string RequestedBy,
    int RequiredVotes,
    IReadOnlyList<Vote> Votes,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    bool Escalated,
    IReadOnlyList<string> AvailableActions);
