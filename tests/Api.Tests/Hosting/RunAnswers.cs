using AwoooP.Approvals;
using AwoooP.Playbooks;
using AwoooP.Runs;
using NSubstitute;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>A run of playbook <see cref="PlaybookId"/>, as its grain answers.</summary>
internal static class RunAnswers
{
    public const string PlaybookId = "PB-20260101-AAAAAA";

    public static void AnswerRun(this StubCluster cluster, Guid runId, RunState state, RunCause cause)
    {
        var at = TimeProvider.System.GetUtcNow();
        var step = new StepView(1, 1, StepPhase.Forward, "command", "Restart", StepStatus.Failed, null, "exit_code_7", at, at, runId);
        cluster.GetGrain<IRunGrain>($"awoooi/{runId}").GetAsync(Arg.Any<CancellationToken>()).Returns(new RunView(
            1, runId, state, Plan(runId), false, 1, 3, null, null, [step], state == RunState.Failed ? cause.ErrorCode : null, null, null, [], true, cause));
    }

    private static RepairPlan Plan(Guid runId) => new()
    {
        PlaybookId = PlaybookId,
        PlaybookVersion = 1,
        PlaybookName = "Call",
        IncidentId = "INC-20260101-AAAAAA",
        Fingerprint = "f",
        ApprovalId = runId,
        RunId = runId,
        Target = "-/web",
        Namespace = "-",
        Steps = [new WaitStep { Name = "w", Seconds = 1 }],
        ActionPattern = "call",
        Risk = RiskLevel.Low,
        EffectiveRisk = RiskLevel.Low,
        ApprovalLevel = ApprovalLevel.Standard,
        Autonomy = AutonomyLevel.L3,
        TrustScore = 0.3,
        Similarity = 1,
        PlanSha256 = "h",
    };
}
