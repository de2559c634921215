using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Approvals;

/// <summary>The states of an approval and every way between them. Who may vote at all is said by <see cref="VotingRules"/>.</summary>
public static class ApprovalTransitions
{
    private static readonly Guard<ApprovalFacts> EnoughVotes = new("enough_votes", facts => facts.EnoughVotes);
    private static readonly Guard<ApprovalFacts> Succeeded = new("succeeded", facts => facts.Succeeded);

    private static readonly Guard<ApprovalFacts> ForThisPlan = new(
        "is_for_this_plan", facts => facts.ForThisPlan, "plan_mismatch", "What was approved is another plan or another run.", RefusalKind.Conflict);

    public static TransitionTable<ApprovalStatus, ApprovalTrigger, ApprovalFacts> Table { get; } = new("approval",
    [
        new(ApprovalStatus.None, ApprovalTrigger.Request, ApprovalStatus.Pending),

        new(ApprovalStatus.Pending, ApprovalTrigger.Approve, ApprovalStatus.Approved, EnoughVotes),
        new(ApprovalStatus.Pending, ApprovalTrigger.Approve, ApprovalStatus.Pending),
        new(ApprovalStatus.Pending, ApprovalTrigger.Reject, ApprovalStatus.Rejected),
        new(ApprovalStatus.Pending, ApprovalTrigger.Escalate, ApprovalStatus.Pending),
        new(ApprovalStatus.Pending, ApprovalTrigger.Expire, ApprovalStatus.Expired),
        new(ApprovalStatus.Pending, ApprovalTrigger.Cancel, ApprovalStatus.Cancelled),
        new(ApprovalStatus.Pending, ApprovalTrigger.Supersede, ApprovalStatus.Superseded),

        new(ApprovalStatus.Approved, ApprovalTrigger.BeginExecution, ApprovalStatus.Executing, ForThisPlan),
        new(ApprovalStatus.Approved, ApprovalTrigger.Cancel, ApprovalStatus.Cancelled),
        new(ApprovalStatus.Approved, ApprovalTrigger.Supersede, ApprovalStatus.Superseded),

        // The run asks again when a worker was lost between the answer and its first step.
        new(ApprovalStatus.Executing, ApprovalTrigger.BeginExecution, ApprovalStatus.Executing, ForThisPlan),
        new(ApprovalStatus.Executing, ApprovalTrigger.FinishExecution, ApprovalStatus.Executed, Succeeded),
        new(ApprovalStatus.Executing, ApprovalTrigger.FinishExecution, ApprovalStatus.Failed),
    ],
    [ApprovalTrigger.Approve, ApprovalTrigger.Reject, ApprovalTrigger.Cancel]);

    /// <summary>What a person may ask for.</summary>
    public static IReadOnlyList<string> AvailableActions(ApprovalStatus status) => Table.AvailableActions(status, default);
}
