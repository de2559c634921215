using AwoooP.Runs;
using NSubstitute;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>A run of playbook <see cref="RepairPlans.PlaybookId"/>, as its grain answers.</summary>
internal static class RunAnswers
{
    public static void AnswerRun(this StubCluster cluster, Guid runId, RunState state, RunCause cause)
    {
        var at = TimeProvider.System.GetUtcNow();
        var step = new StepView(1, 1, StepPhase.Forward, "command", "Restart", StepStatus.Failed, null, "exit_code_7", at, at, runId);
        cluster.GetGrain<IRunGrain>($"awoooi/{runId}").GetAsync(Arg.Any<CancellationToken>()).Returns(new RunView(
            1, runId, state, RepairPlans.For(runId), false, 1, 3, null, null, [step], state == RunState.Failed ? cause.ErrorCode : null, null, null, [], true, cause));
    }
}
