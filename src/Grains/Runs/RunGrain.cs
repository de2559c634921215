using AwoooP.Aggregates;
using AwoooP.Brakes;
using AwoooP.Commands;
using AwoooP.Projects;

namespace AwoooP.Runs;

/// <summary>
/// The shell of a run. How a released run reaches a worker, and why nothing is lost: the commit that makes it claimable also sets the periodic
/// wake-up <c>offer</c>, and only the commit of a claim (or of the run's end) clears it. Each time it fires, the grain tells the workers of its
/// own silo, in memory. That hint may be lost, refused (a brake is on, the target is busy) or doubled: the next period offers again,
/// and of two claims the grain takes one.
/// </summary>
internal sealed class RunGrain(AggregateServices services, IRunOffers offers) : SeatedGrain<Run, RunEvent>(services), IRunGrain
{
    public Task<CommandResult> CreateAsync(CreateRun command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, now) => RunDecider.Create(run, command, Caller.Actor, Caller.TraceId, now), cancellationToken);

    public Task<CommandResult> ReleaseAsync(ReleaseRun command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, now) => RunDecider.Release(run, command, now), cancellationToken);

    public Task<CommandResult> DenyAsync(DenyRun command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, _) => RunDecider.Deny(run, command, Caller.Actor), cancellationToken);

    public async Task<CommandResult> ClaimAsync(ClaimRun command, CancellationToken cancellationToken)
    {
        var pause = await FindPauseAsync(cancellationToken);
        return await ExecuteSeatedAsync(Quota.ActiveRuns, (run, now, seat) => RunDecider.Claim(run, command, pause, now, seat), cancellationToken);
    }

    public Task<CommandResult> HeartbeatAsync(RunHeartbeat command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, now) => RunDecider.Heartbeat(run, command, now), cancellationToken);

    public Task<CommandResult> RecordDryRunAsync(RecordDryRun command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, _) => RunStepDecider.RecordDryRun(run, command), cancellationToken);

    public async Task<CommandResult> BeginStepAsync(BeginStep command, CancellationToken cancellationToken)
    {
        var pause = await FindPauseAsync(cancellationToken);
        return await ExecuteAsync((run, now) => RunStepDecider.Begin(run, command, pause, Guid.CreateVersion7(now), now), cancellationToken);
    }

    public Task<CommandResult> FinishStepAsync(FinishStep command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, now) => RunStepDecider.Finish(run, command, now), cancellationToken);

    public Task<CommandResult> AbandonAsync(AbandonRun command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, _) => RunDecider.Abandon(run, command), cancellationToken);

    public Task<CommandResult> YieldAsync(YieldRun command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, now) => RunDecider.Yield(run, command, now), cancellationToken);

    public Task<CommandResult> StopForBudgetAsync(StopForBudget command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, now) => RunDecider.StopForBudget(run, command, now), cancellationToken);

    public Task<CommandResult> HaltForBudgetAsync(HaltForBudget command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, now) => RunDecider.HaltForBudget(run, command, Caller.Actor, now), cancellationToken);

    public Task<CommandResult> CancelAsync(CancelRun command, CancellationToken cancellationToken) =>
        ExecuteAsync((run, now) => RunDecider.Cancel(run, command, Caller.Actor, now), cancellationToken);

    public Task<RunView?> GetAsync(CancellationToken cancellationToken) => ReadAsync(RunViews.Of, cancellationToken);

    public override Task WakeAsync(string name, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        if (name != RunWakes.Offer)
            return base.WakeAsync(name, dueAt, cancellationToken);

        _ = Caller;
        if (State.State is RunState.Pending or RunState.WaitingTool)
            offers.Offer(new RunOffer(Id.ProjectId, Id.LocalKey));
        return Task.CompletedTask;
    }

    protected override Decision<RunEvent> OnWake(Run run, string name, DateTimeOffset dueAt, DateTimeOffset now) => name switch
    {
        RunWakes.Lease => run.IsTerminal ? RunDecider.ReleaseTarget(run, now) : RunDecider.LoseLease(run, now),
        RunWakes.Total => RunDecider.TimeOut(run, now),
        _ => throw new InvalidOperationException($"A run has no wake-up '{name}'."),
    };

    /// <summary>
    /// Asked before the decision and not inside of it: a brake that is put on, or a project that is suspended, in the moment between lets one
    /// step pass, as it would have a moment before.
    /// </summary>
    private async Task<PauseEntry?> FindPauseAsync(CancellationToken cancellationToken) =>
        State.Plan is { } plan ? await GrainFactory.FindPauseAsync(Caller, plan.PlaybookId, cancellationToken) : null;
}
