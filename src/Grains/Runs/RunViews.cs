namespace AwoooP.Runs;

internal static class RunViews
{
    /// <returns>Null when the run does not exist.</returns>
    public static RunView? Of(Run run, long version) => run.Plan is not { } plan
        ? null
        : new RunView(
            version,
            plan.RunId,
            run.State,
            plan,
            run.IsShadow,
            run.Attempt,
            run.MaxAttempts,
            run.LeaseOwner,
            run.LeaseUntil,
            [.. run.Steps.Select(Of)],
            run.ErrorCode,
            run.TraceId,
            RunPath.Next(run),
            RunTransitions.AvailableActions(run),
            run.NeedsApproval,
            run.Cause);

    private static StepView Of(StepRecord step) => new(
        step.StepNo, step.Attempt, step.Phase, step.Kind, step.Name, step.Status, step.Output, step.ErrorCode, step.StartedAt, step.FinishedAt, step.ToolCallId);
}
