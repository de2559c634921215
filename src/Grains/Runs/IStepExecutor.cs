using AwoooP.Playbooks;

namespace AwoooP.Runs;

/// <summary>
/// Carries out steps of one kind. Its effect is real and may not be repeatable: the run's intent is durable before
/// <see cref="ExecuteAsync"/> is called, and its outcome is recorded after it.
/// </summary>
public interface IStepExecutor
{
    /// <summary>The <c>kind</c> of the steps that it takes: command, http, verify or model. Waiting is the run's own.</summary>
    string Kind { get; }

    /// <summary>
    /// Carries the step out. A refusal, a failed condition or a bad answer is an outcome, not an exception.
    /// When the token is cancelled (the time-out has passed, or the lease is lost) it stops what it started and throws.
    /// </summary>
    Task<StepOutcome> ExecuteAsync(RepairStep step, StepContext context, CancellationToken cancellationToken);

    /// <summary>Checks, without changing anything, whether the step could be carried out.</summary>
    Task<StepOutcome> DryRunAsync(RepairStep step, StepContext context, CancellationToken cancellationToken);

    /// <summary>
    /// What the settings of this silo hold against the step, found without asking anybody outside: so that people need not sign what could never be
    /// carried out. Null when nothing does. The dry run asks again, since settings change.
    /// </summary>
    StepObstacle? FindObstacle(RepairStep step) => null;
}
