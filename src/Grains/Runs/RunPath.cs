using AwoooP.Playbooks;

namespace AwoooP.Runs;

/// <summary>
/// The way through a plan: forward in order; from the first step that fails, back over the rollbacks of those that had succeeded.
/// A rollback that fails ends the way, since the next one may build on it: a person looks.
/// </summary>
internal static class RunPath
{
    /// <summary>What is to be done next, or null when nothing is left or a step is under way.</summary>
    public static NextStep? Next(Run run)
    {
        if (run.Plan is not { } plan || run.IsTerminal || run.UnderWay is not null)
            return null;

        return run.Fault is null ? NextForward(run, plan) : NextRollback(run, plan);
    }

    public static bool EveryRollbackSucceeded(Run run)
    {
        var rollbacks = run.Steps.Where(step => step.Phase == StepPhase.Rollback && step.Status != StepStatus.Interrupted).ToList();
        return rollbacks.Count > 0 && rollbacks.TrueForAll(step => step.Status == StepStatus.Succeeded);
    }

    /// <summary>A run counts as verified when it looked and what it saw was good; a plan without a verify step proves nothing.</summary>
    public static bool IsVerified(Run run) =>
        run.Steps.Any(step => step is { Phase: StepPhase.Forward, Kind: StepKinds.Verify, Status: StepStatus.Succeeded });

    /// <summary>Whether the plan asks a model at all. No rollback does.</summary>
    public static bool AsksModel(RepairPlan plan) => AsksModel(plan, StepPhase.Forward, 1);

    /// <summary>Whether a model is being asked, or is still to be asked. A run that rolls back asks none.</summary>
    public static bool HasModelAhead(Run run) => run.Plan is { } plan && (run.UnderWay is { } step
        ? AsksModel(plan, step.Phase, step.StepNo)
        : LeadsToModel(plan, Next(run)));

    /// <summary>Whether a model is being asked, and none after it.</summary>
    public static bool IsAtLastModel(Run run) => run is { Plan: { } plan, UnderWay: { Kind: StepKinds.Model } step } && !AsksModel(plan, step.Phase, step.StepNo + 1);

    /// <param name="next">What the run is to do next.</param>
    public static bool LeadsToModel(RepairPlan plan, NextStep? next) => next is not null && AsksModel(plan, next.Phase, next.StepNo);

    public static RepairStep StepOf(RepairPlan plan, int stepNo, StepPhase phase)
    {
        var step = plan.Steps[stepNo - 1];
        return phase == StepPhase.Forward
            ? step
            : step.Rollback ?? throw new InvalidOperationException($"Step {stepNo} has no rollback.");
    }

    private static bool AsksModel(RepairPlan plan, StepPhase phase, int fromStepNo) =>
        phase == StepPhase.Forward && plan.Steps.Skip(fromStepNo - 1).Any(step => step is ModelStep);

    private static NextStep? NextForward(Run run, RepairPlan plan)
    {
        var done = run.Steps.Count(step => step is { Phase: StepPhase.Forward, Status: StepStatus.Succeeded });
        return done < plan.Steps.Count ? new NextStep(done + 1, StepPhase.Forward, plan.Steps[done]) : null;
    }

    private static NextStep? NextRollback(Run run, RepairPlan plan)
    {
        var rollbacks = run.Steps.Where(step => step.Phase == StepPhase.Rollback).ToList();
        if (rollbacks.Exists(step => step.Status is StepStatus.Failed or StepStatus.TimedOut))
            return null;

        var undone = rollbacks.Where(step => step.Status == StepStatus.Succeeded).Select(step => step.StepNo).ToHashSet();
        return run.Steps
            .Where(step => step is { Phase: StepPhase.Forward, Status: StepStatus.Succeeded } && !undone.Contains(step.StepNo))
            .OrderByDescending(step => step.StepNo)
            .Select(step => plan.Steps[step.StepNo - 1].Rollback is { } rollback ? new NextStep(step.StepNo, StepPhase.Rollback, rollback) : null)
            .FirstOrDefault(next => next is not null);
    }
}
