using AwoooP.Commands;
using AwoooP.Playbooks;
using Microsoft.Extensions.Logging;

namespace AwoooP.Runs;

/// <summary>
/// The work on one run, from the claim until the lease is given back, lost or no longer needed. Every step of the way is asked of the grain first,
/// so a kill at any point leaves the run in a state that says what was done and what was under way.
/// </summary>
internal sealed class RunJob(
    RunOffer run, string workerId, IGrainFactory grains, RunChecks checks, StepRunner steps, TimeProvider time, ILogger logger)
{
    /// <summary>An effect has happened: its outcome is worth a longer wait than a question is.</summary>
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromMinutes(5);

    private readonly IRunGrain _grain = grains.GetGrain<IRunGrain>(run.Key);
    private readonly RunCalls _calls = new(run, workerId, time, logger);

    /// <param name="stopping">The silo stops: no further step is begun.</param>
    /// <param name="hardStop">The silo stops now: what is under way is left to the lease.</param>
    public async Task ExecuteAsync(CancellationToken stopping, CancellationToken hardStop)
    {
        var asked = time.GetTimestamp();
        var claim = await _calls.SendAsync("claim", token => _grain.ClaimAsync(new ClaimRun(workerId), token), RunLimits.Lease, stopping);
        if (claim.Refusal is { } refusal)
        {
            RunWorkerLog.NotClaimed(logger, run.Key, refusal.Code);
            return;
        }

        if (await ReadLeasedAsync(hardStop) is not { } view)
            return;

        _calls.TraceId = view.TraceId;
        RunWorkerLog.Claimed(logger, run.Key, workerId, view.Attempt);
        await using var lease = new RunLease(run, _grain, _calls, workerId, view.Attempt, asked, time, logger);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, hardStop);
        try
        {
            if (view.Steps.Count > 0 || await PrepareAsync(view, stop.Token))
                await GoOnAsync(view.Attempt, stopping, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            RunWorkerLog.LetGo(logger, run.Key);
        }
        catch (Exception)
        {
            // Given back, the run is tried again without the loss of an attempt; refused, since a step is under way, the lease decides.
            await YieldAsync(view.Attempt, "worker_fault", stop.Token);
            throw;
        }
    }

    /// <summary>Before the first effect: does the plan still fit, and could each of its steps be carried out?</summary>
    private async Task<bool> PrepareAsync(RunView view, CancellationToken stop)
    {
        if (view.IsShadow)
            return true;

        // No approval is spent and nothing is looked at for a run that is stopped; every step is asked for again before it begins.
        if (await IsStoppedForBudgetAsync(view, stop))
            return false;

        if (await checks.FindObstacleAsync(run, view, _calls, stop) is { } obstacle)
        {
            RunWorkerLog.Abandoned(logger, run.Key, obstacle);
            var abandon = new AbandonRun(workerId, view.Attempt, obstacle);
            await SendAsync("abandon", token => _grain.AbandonAsync(abandon, token), RunLimits.Lease, stop);
            return false;
        }

        var found = await steps.DryRunAsync(run, view, stop);
        if (found.Any(static check => check is { Passed: false, Kind: StepKinds.Model, Message: RunErrors.BudgetUsedUp }))
        {
            await StopForBudgetAsync(view, stop);
            return false;
        }

        var dryRun = new RecordDryRun(workerId, view.Attempt, found);
        var recorded = await SendAsync("record_dry_run", token => _grain.RecordDryRunAsync(dryRun, token), RunLimits.Lease, stop);
        return recorded.IsAccepted;
    }

    /// <summary>Whatever has been done already: a run that cannot be carried through is not carried on.</summary>
    private async Task<bool> IsStoppedForBudgetAsync(RunView view, CancellationToken stop)
    {
        if (!RunPath.LeadsToModel(view.Plan, view.Next) || !await checks.IsBudgetUsedUpAsync(run, _calls, stop))
            return false;

        await StopForBudgetAsync(view, stop);
        return true;
    }

    private async Task StopForBudgetAsync(RunView view, CancellationToken stop)
    {
        RunWorkerLog.StoppedForBudget(logger, run.Key);
        var command = new StopForBudget(workerId, view.Attempt);
        await SendAsync("stop_for_budget", token => _grain.StopForBudgetAsync(command, token), OutcomeTimeout, stop);
    }

    private async Task GoOnAsync(int attempt, CancellationToken stopping, CancellationToken stop)
    {
        while (await ReadLeasedAsync(stop) is { Next: { } next } view)
        {
            if (stopping.IsCancellationRequested)
            {
                await YieldAsync(attempt, "worker_stopping", stop);
                return;
            }

            if (await IsStoppedForBudgetAsync(view, stop))
                return;

            var begin = new BeginStep(workerId, attempt, next.StepNo, next.Phase);
            var begun = await SendAsync("begin_step", token => _grain.BeginStepAsync(begin, token), RunLimits.Lease, stop);
            if (begun.Refusal is { } refusal)
            {
                if (refusal.Code == "paused")
                    await YieldAsync(attempt, refusal.Code, stop);
                return;
            }

            if (next.Step is WaitStep || !await CarryOutAsync(view, next, stop))
                return;
        }
    }

    /// <returns>Whether the run goes on.</returns>
    private async Task<bool> CarryOutAsync(RunView view, NextStep next, CancellationToken stop)
    {
        if (await ReadLeasedAsync(stop) is not { Steps: [.., { Status: StepStatus.Started } intent] })
            return false;

        var context = new StepContext(
            run.ProjectId, view.Plan.RunId, intent.ToolCallId, view.TraceId, TimeSpan.FromSeconds(next.Step.TimeoutSeconds), view.Plan.IncidentId);
        var end = await steps.RunAsync(run, next.Step, context, view.IsShadow, stop);
        RunWorkerLog.StepEnded(logger, run.Key, next.StepNo, next.Phase, end.Status);
        if (next.Step is ModelStep && end.ErrorCode == RunErrors.BudgetUsedUp)
        {
            await StopForBudgetAsync(view, stop);
            return false;
        }

        var finish = new FinishStep(workerId, view.Attempt, next.StepNo, next.Phase, end.Status, end.Output, end.ErrorCode, end.DurationMs);
        var finished = await SendAsync("finish_step", token => _grain.FinishStepAsync(finish, token), OutcomeTimeout, stop);
        return finished.IsAccepted;
    }

    private async Task YieldAsync(int attempt, string reason, CancellationToken stop)
    {
        RunWorkerLog.Yielded(logger, run.Key, reason);
        var give = new YieldRun(workerId, attempt, reason);
        await SendAsync("yield", token => _grain.YieldAsync(give, token), RunLimits.Lease, stop);
    }

    /// <summary>The run as it stands, or null when it is no longer this worker's.</summary>
    private async Task<RunView?> ReadLeasedAsync(CancellationToken cancellationToken)
    {
        var view = await _calls.ReadAsync(_grain.GetAsync, cancellationToken);
        return view is { State: RunState.Running } && string.Equals(view.LeaseOwner, workerId, StringComparison.Ordinal) ? view : null;
    }

    private async Task<CommandResult> SendAsync(
        string command, Func<CancellationToken, Task<CommandResult>> send, TimeSpan timeout, CancellationToken stop)
    {
        var result = await _calls.SendAsync(command, send, timeout, stop);
        if (result.Refusal is { } refusal)
            RunWorkerLog.Refused(logger, run.Key, command, refusal.Code);
        return result;
    }
}
