using AwoooP.Aggregates;
using AwoooP.Commands;
using Microsoft.Extensions.Options;

namespace AwoooP.Approvals;

internal sealed class ApprovalGrain(AggregateServices services, IOptions<ApprovalOptions> options) : AggregateGrain<Approval, ApprovalEvent>(services), IApprovalGrain
{
    public Task<CommandResult> RequestAsync(RequestApproval command, CancellationToken cancellationToken) =>
        ExecuteAsync((approval, now) => ApprovalDecider.Request(approval, command, options.Value, now), cancellationToken);

    public Task<CommandResult> VoteAsync(CastVote command, CancellationToken cancellationToken) =>
        ExecuteAsync((approval, now) => ApprovalDecider.Vote(approval, command, now), cancellationToken);

    public Task<CommandResult> CancelAsync(CancelApproval command, CancellationToken cancellationToken) =>
        ExecuteAsync((approval, _) => ApprovalDecider.Cancel(approval, command, Caller.Actor), cancellationToken);

    public Task<CommandResult> SupersedeAsync(SupersedeApproval command, CancellationToken cancellationToken) =>
        ExecuteAsync((approval, _) => ApprovalDecider.Supersede(approval, command), cancellationToken);

    public Task<CommandResult> BeginExecutionAsync(BeginExecution command, CancellationToken cancellationToken) =>
        ExecuteAsync((approval, _) => ApprovalDecider.BeginExecution(approval, command), cancellationToken);

    public Task<CommandResult> FinishExecutionAsync(FinishExecution command, CancellationToken cancellationToken) =>
        ExecuteAsync((approval, _) => ApprovalDecider.FinishExecution(approval, command), cancellationToken);

    public Task<ApprovalView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(ViewOf, cancellationToken);

    protected override Decision<ApprovalEvent> OnWake(Approval state, string name, DateTimeOffset dueAt, DateTimeOffset now) => name switch
    {
        ApprovalWakes.Escalate => ApprovalDecider.Escalate(state, now),
        ApprovalWakes.Expire => ApprovalDecider.Expire(state, now),
        _ => throw new InvalidOperationException($"An approval has no wake-up '{name}'."),
    };

    private static ApprovalView? ViewOf(Approval approval, long version) => approval.Plan is not { } plan
        ? null
        : new ApprovalView(
            version,
            plan.ApprovalId,
            approval.Status,
            plan,
            approval.RequestedBy,
            approval.RequiredVotes,
            approval.Votes,
            approval.RequestedAt,
            approval.ExpiresAt,
            approval.Escalated,
            ApprovalTransitions.AvailableActions(approval.Status));
}
