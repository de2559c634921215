using System.Collections.Frozen;
using AwoooP.Playbooks;
using Microsoft.Extensions.Logging;

namespace AwoooP.Runs;

/// <summary>Hands steps to the executor of their kind, each within its time.</summary>
internal sealed class StepRunner(IEnumerable<IStepExecutor> executors, TimeProvider time, ILogger<StepRunner> logger)
{
    private readonly FrozenDictionary<string, IStepExecutor> _executors = executors.ToFrozenDictionary(executor => executor.Kind, StringComparer.Ordinal);

    /// <summary>Carries the step out, or only its dry run when the run is a shadow.</summary>
    /// <param name="stop">Cancelled when the lease is lost or the silo must stop at once: the outcome is then unknown.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task<StepEnd> RunAsync(RunOffer run, RepairStep step, StepContext context, bool isShadow, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var (status, outcome) = await TryAsync(run, step, context, isShadow, stop);
        return new StepEnd(status, outcome.Output, outcome.ErrorCode, (long)time.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <summary>The dry run of every step and every rollback; nothing is changed by it.</summary>
    public async Task<IReadOnlyList<DryRunCheck>> DryRunAsync(RunOffer run, RunView view, CancellationToken stop)
    {
        var checks = new List<DryRunCheck>();
        for (var i = 0; i < view.Plan.Steps.Count; i++)
        {
            var step = view.Plan.Steps[i];
            checks.Add(await CheckAsync(run, view, i + 1, StepPhase.Forward, step, stop));
            if (step.Rollback is { } rollback)
                checks.Add(await CheckAsync(run, view, i + 1, StepPhase.Rollback, rollback, stop));
        }

        return checks;
    }

    private async Task<DryRunCheck> CheckAsync(RunOffer run, RunView view, int stepNo, StepPhase phase, RepairStep step, CancellationToken stop)
    {
        var kind = StepKinds.Of(step);
        if (step is WaitStep)
            return new DryRunCheck(stepNo, phase, kind, step.Name, true, null);

        var context = new StepContext(
            run.ProjectId,
            view.Plan.RunId,
            Guid.CreateVersion7(time.GetUtcNow()),
            view.TraceId,
            TimeSpan.FromSeconds(step.TimeoutSeconds),
            view.Plan.IncidentId);
        var (status, outcome) = await TryAsync(run, step, context, isDryRun: true, stop);
        return new DryRunCheck(stepNo, phase, kind, step.Name, status == StepStatus.Succeeded, status == StepStatus.TimedOut ? "timed_out" : outcome.ErrorCode ?? outcome.Output);
    }

    private async Task<(StepStatus Status, StepOutcome Outcome)> TryAsync(
        RunOffer run, RepairStep step, StepContext context, bool isDryRun, CancellationToken stop)
    {
        var kind = StepKinds.Of(step);
        if (!_executors.TryGetValue(kind, out var executor))
            return (StepStatus.Failed, StepOutcome.Failure("executor_missing"));

        using var timeout = new CancellationTokenSource(context.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            var outcome = isDryRun
                ? await executor.DryRunAsync(step, context, either.Token)
                : await executor.ExecuteAsync(step, context, either.Token);
            return (outcome.Succeeded ? StepStatus.Succeeded : StepStatus.Failed, outcome);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return (StepStatus.TimedOut, StepOutcome.Failure(RunErrors.StepTimedOut));
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            RunWorkerLog.ExecutorFailed(logger, fault, run.Key, kind);
            return (StepStatus.Failed, StepOutcome.Failure("executor_fault"));
        }
    }
}

/// <summary>How a step ended, as it will be recorded.</summary>
internal readonly record struct StepEnd(StepStatus Status, string? Output, string? ErrorCode, long DurationMs);
