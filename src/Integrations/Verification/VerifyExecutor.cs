using AwoooP.Integrations.Outbound;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Integrations.Verification;

/// <summary>Asks again and again until the condition has held as often in a row as the step wants, or the next try would come too late.</summary>
internal sealed class VerifyExecutor(ConditionCheck condition, TimeProvider time) : IStepExecutor
{
    public string Kind => StepKinds.Verify;

    public async Task<StepOutcome> ExecuteAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        var verify = (VerifyStep)step;
        var interval = TimeSpan.FromSeconds(verify.IntervalSeconds);
        var began = time.GetTimestamp();
        for (var held = 0; ;)
        {
            var observation = await condition.ObserveAsync(verify, context, cancellationToken);
            if (observation.IsFinal)
                return StepOutcome.Failure(observation.ErrorCode!, OutputText.Clean(observation.Text));
            held = observation.Holds ? held + 1 : 0;
            if (held >= verify.Consecutive)
                return StepOutcome.Success(OutputText.Clean(observation.Text));

            // Ended here with what was last seen, rather than by the time-out, which would tell nobody why.
            if (time.GetElapsedTime(began) + interval >= context.Timeout)
                return StepOutcome.Failure(observation.ErrorCode ?? "condition_not_held_long_enough", OutputText.Clean(observation.Text));
            await Task.Delay(interval, time, cancellationToken);
        }
    }

    public StepObstacle? FindObstacle(RepairStep step) => condition.FindObstacle((VerifyStep)step);

    /// <summary>Asks once: the condition need not hold, but it must be possible to ask.</summary>
    public async Task<StepOutcome> DryRunAsync(RepairStep step, StepContext context, CancellationToken cancellationToken)
    {
        var observation = await condition.ObserveAsync((VerifyStep)step, context, cancellationToken);
        return observation.WasAsked ? StepOutcome.Success(OutputText.Clean(observation.Text)) : StepOutcome.Failure(observation.ErrorCode!, OutputText.Clean(observation.Text));
    }
}
