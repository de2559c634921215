using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>An executor whose effect is an entry in the ledger; the worker may die just before it and just after it.</summary>
internal sealed class LedgerExecutor(string kind, WorkerLife life, EffectLedger ledger, Func<RepairStep, StepOutcome>? outcome = null) : IStepExecutor
{
    public string Kind => kind;

    public Task<StepOutcome> ExecuteAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        life.Pass($"{step.Name}:before");
        ledger.Note(step.Name, context.ToolCallId);
        life.Pass($"{step.Name}:after");
        return Task.FromResult(outcome?.Invoke(step) ?? StepOutcome.Success("done"));
    }

    public Task<StepOutcome> DryRunAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        life.Pass($"{step.Name}:dry_run");
        return Task.FromResult(StepOutcome.Success());
    }
}
