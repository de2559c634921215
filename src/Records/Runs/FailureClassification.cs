using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary><c>audit_logs.failure_classification</c>, as far as the error code of the step tells.</summary>
internal static class FailureClassification
{
    public static string? Of(RunStepFinished step, RepairPlan plan) => step switch
    {
        { Status: StepStatus.Succeeded } => null,
        { Status: StepStatus.TimedOut } => "TIMEOUT",
        { ErrorCode: "program_not_allowed" or "argument_not_allowed" or "origin_not_allowed" or "http_401" or "http_403" } => "PERMISSION_DENIED",
        { ErrorCode: "name_not_resolved" or "connection_failed" or "connection_closed" or "connection_broken" or "tls_failed" } => "NETWORK_ERROR",
        _ when Executed(step, plan) is CommandStep { Program: "kubectl" or "helm" } => "K8S_ERROR",
        _ => null,
    };

    private static RepairStep? Executed(RunStepFinished step, RepairPlan plan)
    {
        var planned = plan.Steps.ElementAtOrDefault(step.StepNo - 1);
        return step.Phase == StepPhase.Rollback ? planned?.Rollback : planned;
    }
}
