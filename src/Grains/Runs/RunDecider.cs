using AwoooP.Aggregates;
using AwoooP.Brakes;
using AwoooP.Commands;
using AwoooP.Playbooks;
using AwoooP.Projects;

namespace AwoooP.Runs;

/// <summary>The life of a run around its steps: birth, approval, lease and end. Pure. What happens inside a lease is in <see cref="RunStepDecider"/>.</summary>
internal static class RunDecider
{
    private const int MaxSteps = 50;
    private const int MostAttempts = 10;

    public static Decision<RunEvent> Create(Run run, CreateRun command, string agentId, string? traceId, DateTimeOffset now)
    {
        var verdict = RunTransitions.Table.Decide(run.State, RunTrigger.Create, new RunFacts { NeedsApproval = command.NeedsApproval && !command.IsShadow });
        if (verdict.IsRefused(out var refusal))
            return refusal;
        if (command.Plan.Steps.Count is 0 or > MaxSteps)
            return RunRefusals.EmptyPlan;
        if (command.MaxAttempts is < 1 or > MostAttempts)
            return RunRefusals.InvalidMaxAttempts;

        var created = Decision<RunEvent>.Of(new RunCreated(
            command.Plan, verdict.Target, command.Kind, agentId, command.IsShadow, command.Priority, command.MaxAttempts, command.IdempotencyKey, traceId));
        if (command.IdempotencyKey is { } key)
            created = created.Claim(RunClaims.IdempotencyKey, key, RunRefusals.IdempotencyKeyReused);
        if (RunPath.AsksModel(command.Plan))
            created = created.Claim(RunClaims.Model, ModelKey(command.Plan), RunRefusals.IdTaken);

        return verdict.Target == RunState.Pending ? Offered(created, now).WakeAt(RunWakes.Total, now + RunLimits.Total) : created;
    }

    public static Decision<RunEvent> Release(Run run, ReleaseRun command, DateTimeOffset now)
    {
        if (RunTransitions.Table.Decide(run.State, RunTrigger.Release, default).IsRefused(out var refusal))
            return refusal;
        if (command.ApprovalId != run.Plan!.ApprovalId)
            return RunRefusals.OtherApproval;

        return Offered(new RunReleased(command.ApprovalId, command.By, command.Method), now).WakeAt(RunWakes.Total, now + RunLimits.Total);
    }

    public static Decision<RunEvent> Deny(Run run, DenyRun command, string by)
    {
        var verdict = RunTransitions.Table.Decide(run.State, RunTrigger.Deny, new RunFacts { Denial = command.Denial });
        if (verdict.IsRefused(out var refusal))
            return refusal;

        var plan = run.Plan!;
        if (command.ApprovalId != plan.ApprovalId)
            return RunRefusals.OtherApproval;

        RunEvent denied = verdict.Target switch
        {
            RunState.Failed => new RunFailed(plan, RunErrors.Rejected, command.Reason ?? "The approval was rejected.", false, run.IsShadow, run.StartedAt),
            RunState.TimedOut => new RunTimedOut(plan, RunErrors.ApprovalExpired),
            RunState.Cancelled when command.Denial == ApprovalDenial.Superseded => new RunCancelled(plan, RunErrors.Superseded, command.Reason, by),
            RunState.Cancelled => new RunCancelled(plan, RunErrors.Cancelled, command.Reason, by),
            _ => throw new InvalidOperationException($"A denied run does not become {verdict.Target}."),
        };
        return Ended(run, denied);
    }

    /// <param name="pause">The brake that is on for this run, if one is.</param>
    /// <param name="seat">The place among the project's active runs, for a run that has none; null where they are not counted.</param>
    public static Decision<RunEvent> Claim(Run run, ClaimRun command, PauseEntry? pause, DateTimeOffset now, Seat? seat = null)
    {
        if (string.IsNullOrWhiteSpace(command.WorkerId) || command.WorkerId.Length > 200)
            return RunRefusals.WorkerMissing;
        if (RunTransitions.Table.Decide(run.State, RunTrigger.Claim, new RunFacts { WaitIsOver = run.WaitsUntil <= now }).IsRefused(out var refusal))
            return refusal;
        if (pause is not null)
            return RunRefusals.Paused(pause);

        var leaseUntil = now + RunLimits.Lease;
        var claimed = new RunClaimed(command.WorkerId, run.Attempt, leaseUntil);
        if (run.State == RunState.WaitingTool)
            return RunStepDecider.EndWait(run, claimed, now);
        if (run.HoldsTarget || run.IsShadow)
            return Leased(claimed);

        // The place goes with the target: taken with it, and given back with it.
        var decision = Leased(claimed with { Seat = seat?.Number }).Claim(RunClaims.Target, run.Plan!.Target, RunRefusals.TargetBusy);
        return seat is null ? decision : seat.Take(decision);
    }

    public static Decision<RunEvent> Heartbeat(Run run, RunHeartbeat command, DateTimeOffset now)
    {
        if (Refused(run, RunTrigger.Heartbeat, command.WorkerId, command.Attempt, default) is { } refusal)
            return refusal;

        var leaseUntil = now + RunLimits.Lease;
        return Decision<RunEvent>.Of(new RunHeartbeatReceived(leaseUntil)).WakeAt(RunWakes.Lease, leaseUntil);
    }

    /// <summary>
    /// The worker has been silent for a whole lease. A step that was under way is recorded as interrupted: it is begun again when it may be repeated;
    /// if not, nobody knows whether its effect happened, and the run fails for a person to look.
    /// </summary>
    public static Decision<RunEvent> LoseLease(Run run, DateTimeOffset now)
    {
        if (run.State != RunState.Running || run.LeaseUntil > now)
            return Decision<RunEvent>.Nothing;

        var plan = run.Plan!;
        var cutOff = run.UnderWay;
        var mayRepeat = cutOff is null || StepKinds.MayRepeat(RunPath.StepOf(plan, cutOff.StepNo, cutOff.Phase));
        var facts = new RunFacts { MayTryAgain = mayRepeat && run.Attempt < run.MaxAttempts };
        var verdict = RunTransitions.Table.Decide(run.State, RunTrigger.LoseLease, facts);
        if (verdict.IsRefused(out var refusal))
            return refusal;

        var decision = Interrupted(run, now);
        if (verdict.Target == RunState.Pending)
            return Returned(run, decision.And(new RunLeaseLost(run.LeaseOwner!, run.Attempt + 1)), now);

        var failed = mayRepeat
            ? new RunFailed(plan, RunErrors.Stale, $"The worker of attempt {run.Attempt}, the last one, fell silent.", false, run.IsShadow, run.StartedAt)
            : new RunFailed(
                plan,
                RunErrors.StepInterrupted,
                $"The worker fell silent during step {cutOff!.StepNo} '{cutOff.Name}': whether its effect happened is not known.",
                false,
                run.IsShadow,
                run.StartedAt,
                new StepInTheWay(cutOff.StepNo, cutOff.Name, null));
        return Ended(run, decision.And(failed));
    }

    public static Decision<RunEvent> Yield(Run run, YieldRun command, DateTimeOffset now) =>
        Refused(run, RunTrigger.Yield, command.WorkerId, command.Attempt, new RunFacts { StepUnderWay = run.UnderWay is not null }) is { } refusal
            ? refusal
            : Returned(run, new RunYielded(command.WorkerId, command.Attempt, StepText.Clean(command.Reason, RunLimits.MaxCheckText)), now + RunLimits.Offer);

    public static Decision<RunEvent> Abandon(Run run, AbandonRun command) =>
        Refused(run, RunTrigger.Abandon, command.WorkerId, command.Attempt, new RunFacts { HasBegunSteps = run.HasBegunSteps }) is { } refusal
            ? refusal
            : Ended(run, new RunCancelled(run.Plan!, RunErrors.Superseded, command.Reason, command.WorkerId));

    /// <summary>The worker has met the end of the budget.</summary>
    public static Decision<RunEvent> StopForBudget(Run run, StopForBudget command, DateTimeOffset now) =>
        Refused(run, RunTrigger.StopForBudget, command.WorkerId, command.Attempt, new RunFacts { ModelAhead = RunPath.HasModelAhead(run) }) is { } refusal
            ? refusal
            : StoppedForBudget(run, command.WorkerId, now);

    /// <summary>
    /// The project's account has been closed, wherever the run stands. A worker in the middle of a step learns of it as of a person's cancel. A run that asks its
    /// last model is left to its worker: either the call is cut, or it has its answer, for which maybe the last of the money was spent.
    /// </summary>
    public static Decision<RunEvent> HaltForBudget(Run run, HaltForBudget command, string by, DateTimeOffset now)
    {
        var facts = new RunFacts { ModelAhead = RunPath.HasModelAhead(run) };
        if (RunTransitions.Table.Decide(run.State, RunTrigger.StopForBudget, facts).IsRefused(out var refusal))
            return refusal;
        if (RunPath.IsAtLastModel(run))
            return RunRefusals.AtLastModel;

        return run.CreatedAt > command.MadeBy ? RunRefusals.MadeLater : StoppedForBudget(run, by, now);
    }

    /// <summary>A worker in the middle of a step learns of it with its next word; the step stays recorded as interrupted.</summary>
    public static Decision<RunEvent> Cancel(Run run, CancelRun command, string by, DateTimeOffset now) =>
        RunTransitions.Table.Decide(run.State, RunTrigger.Cancel, default).IsRefused(out var refusal)
            ? refusal
            : Ended(run, Interrupted(run, now).And(new RunCancelled(run.Plan!, RunErrors.Cancelled, command.Reason, by, EffectUntil(run))), EffectUntil(run));

    public static Decision<RunEvent> TimeOut(Run run, DateTimeOffset now) =>
        run.IsTerminal || RunTransitions.Table.Decide(run.State, RunTrigger.TimeOut, default).Refusal is not null
            ? Decision<RunEvent>.Nothing
            : Ended(run, Interrupted(run, now).And(new RunTimedOut(run.Plan!, RunErrors.TimedOut, EffectUntil(run))), EffectUntil(run));

    /// <summary>The wake-up of the lease, after the run has ended in the middle of a step.</summary>
    public static Decision<RunEvent> ReleaseTarget(Run run, DateTimeOffset now) =>
        RunTransitions.Table.Decide(run.State, RunTrigger.ReleaseTarget, new RunFacts { EffectIsOver = run.TargetHeldUntil <= now }).Refusal is not null
            ? Decision<RunEvent>.Nothing
            : GiveBack(run, new RunTargetReleased(run.Plan!.Target)).ClearWake(RunWakes.Lease);

    /// <summary>A worker's word counts only while it holds the lease, whatever else the state allows.</summary>
    internal static Refusal? Refused(Run run, RunTrigger trigger, string workerId, int attempt, RunFacts facts)
    {
        if (run.State != RunState.None && !run.IsLeasedTo(workerId, attempt))
            return RunRefusals.LeaseLost;

        return RunTransitions.Table.Decide(run.State, trigger, facts).Refusal;
    }

    /// <summary>The end gives back everything that the run holds: its wake-ups, its target, its place and its name among those that ask models.</summary>
    /// <param name="effectUntil">The target, and the wake-up that will give it back, are kept until then.</param>
    internal static Decision<RunEvent> Ended(Run run, Decision<RunEvent> decision, DateTimeOffset? effectUntil = null)
    {
        if (run.State is RunState.Pending or RunState.WaitingTool)
            decision = decision.ClearWake(RunWakes.Offer);
        if (run.State == RunState.Running && effectUntil is null)
            decision = decision.ClearWake(RunWakes.Lease);
        if (run.State != RunState.WaitingApproval)
            decision = decision.ClearWake(RunWakes.Total);
        if (RunPath.AsksModel(run.Plan!))
            decision = decision.Release(RunClaims.Model, ModelKey(run.Plan!));

        return run.HoldsTarget && effectUntil is null ? GiveBack(run, decision) : decision;
    }

    /// <summary>Asking a model changes nothing, so the target is free at once, also in the middle of that. Any other step is cut off as by a cancel.</summary>
    private static Decision<RunEvent> StoppedForBudget(Run run, string by, DateTimeOffset now)
    {
        if (run.UnderWay is not { Kind: StepKinds.Model } asking)
            return Ended(run, Interrupted(run, now).And(Stopped(EffectUntil(run))), EffectUntil(run));

        var failed = StepText.Finished(asking, StepStatus.Failed, null, RunErrors.BudgetUsedUp, (long)(now - asking.StartedAt).TotalMilliseconds);
        return Ended(run, Decision<RunEvent>.Of(failed).And(Stopped(null)));

        RunCancelled Stopped(DateTimeOffset? effectUntil) => new(run.Plan!, RunErrors.BudgetUsedUp, null, by, effectUntil);
    }

    /// <summary>A worker that is told to stop in the middle of a step needs time for it, and a silent one has until the end of its lease.</summary>
    private static DateTimeOffset? EffectUntil(Run run) => run is { State: RunState.Running, HoldsTarget: true, UnderWay: not null } ? run.LeaseUntil : null;

    private static Decision<RunEvent> Interrupted(Run run, DateTimeOffset now) => run.UnderWay is { } cutOff
        ? StepText.Finished(cutOff, StepStatus.Interrupted, null, RunErrors.StepInterrupted, (long)(now - cutOff.StartedAt).TotalMilliseconds)
        : Decision<RunEvent>.Nothing;

    /// <summary>Back to pending. A run that has touched its target keeps it: nobody else may repair what is half repaired.</summary>
    /// <param name="offerAt">When it is offered again: at once after a lost lease, later when the worker had a reason that will not be gone at once.</param>
    private static Decision<RunEvent> Returned(Run run, Decision<RunEvent> decision, DateTimeOffset offerAt)
    {
        decision = Offered(decision.ClearWake(RunWakes.Lease), offerAt);
        return run.HoldsTarget && !run.HasBegunSteps ? GiveBack(run, decision) : decision;
    }

    private static Decision<RunEvent> Leased(RunClaimed claimed) =>
        Decision<RunEvent>.Of(claimed).ClearWake(RunWakes.Offer).WakeAt(RunWakes.Lease, claimed.LeaseUntil);

    private static Decision<RunEvent> GiveBack(Run run, Decision<RunEvent> decision) =>
        Seat.GiveBack(Quota.ActiveRuns, run.Seat, decision.Release(RunClaims.Target, run.Plan!.Target));

    private static string ModelKey(RepairPlan plan) => plan.RunId.ToString();

    private static Decision<RunEvent> Offered(Decision<RunEvent> decision, DateTimeOffset at) => decision.WakeAt(RunWakes.Offer, at, RunLimits.Offer);
}
