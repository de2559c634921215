using System.Text.Json.Nodes;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>How events of a run are told. Heartbeats and intents are in the step journal only.</summary>
internal static class RunTimeline
{
    public static TimelineEntry? Tell(DecodedEvent next, TimelineSubject subject)
    {
        if (Entry(next.Data, subject) is not { } entry)
            return null;

        entry.Details["run_id"] = next.LocalKey;
        if (subject.IsShadow)
            entry.Details["is_shadow"] = true;
        return entry with { IncidentId = subject.IncidentId, ApprovalId = subject.ApprovalId, RiskLevel = subject.RiskLevel };
    }

    private static TimelineEntry? Entry(object data, TimelineSubject subject) => data switch
    {
        RunCreated created => new("exec", "info", created.State == RunState.WaitingApproval
            ? $"Run prepared, waits for approval: {subject.Title}"
            : $"Run prepared: {subject.Title}")
        {
            Details = new() { ["kind"] = created.Kind, ["agent_id"] = created.AgentId, ["target"] = subject.Target },
        },
        RunReleased => new("exec", "info", "Run released for execution"),
        RunClaimed claimed => new("exec", "info", claimed.Attempt == 1 ? "Run taken up" : $"Run taken up, attempt {claimed.Attempt}")
        {
            Details = new() { ["worker_id"] = claimed.WorkerId, ["attempt"] = claimed.Attempt },
        },
        RunDryRunRecorded { Passed: true } passed => new("exec", "success", "Dry run passed") { Details = Checks(passed) },
        RunDryRunRecorded failed => new("security", "error", "Dry run failed: nothing was executed")
        {
            Description = failed.Checks.FirstOrDefault(check => !check.Passed)?.Message,
            Details = Checks(failed),
        },
        RunStepFinished step => new("exec", step.Status == StepStatus.Succeeded ? "success" : "error", Title(step))
        {
            Details = new()
            {
                ["step_no"] = step.StepNo,
                ["attempt"] = step.Attempt,
                ["phase"] = Literal.Of(step.Phase),
                ["kind"] = step.Kind,
                ["status"] = Literal.Of(step.Status),
                ["error_code"] = step.ErrorCode,
                ["duration_ms"] = step.DurationMs,
            },
        },
        RunWaiting waiting => new("exec", "info", $"Step {waiting.StepNo}: waiting") { Details = new() { ["step_no"] = waiting.StepNo, ["until"] = waiting.Until } },
        RunYielded yielded => new("exec", "info", "Execution paused between two steps") { Description = yielded.Reason },
        RunLeaseLost lost => new("exec", "warning", "The worker fell silent: the run is offered again")
        {
            Details = new() { ["worker_id"] = lost.WorkerId, ["next_attempt"] = lost.NextAttempt },
        },
        RunCompleted completed => new("exec", "success", completed.Verified ? $"Repair verified: {subject.Title}" : $"Run completed: {subject.Title}")
        {
            Details = new() { ["verified"] = completed.Verified },
        },
        RunFailed failed => new("exec", "error", failed.RolledBack ? $"Repair failed and was rolled back: {subject.Title}" : $"Repair failed: {subject.Title}")
        {
            Description = failed.Message,
            Details = new() { ["error_code"] = failed.ErrorCode, ["rolled_back"] = failed.RolledBack },
        },
        RunCancelled cancelled => new(Actors.RoleOf(cancelled.By) == Actors.Operator ? "human" : "exec", "warning", $"Run cancelled: {subject.Title}")
        {
            Actor = cancelled.By,
            Description = cancelled.Reason,
            Details = new() { ["error_code"] = cancelled.ErrorCode },
        },
        RunTimedOut timedOut => new("exec", "warning", $"Run timed out: {subject.Title}") { Details = new() { ["error_code"] = timedOut.ErrorCode } },
        _ => null,
    };

    private static string Title(RunStepFinished step)
    {
        var outcome = step.Status switch
        {
            StepStatus.Succeeded => "succeeded",
            StepStatus.TimedOut => "timed out",
            StepStatus.Interrupted => "was interrupted",
            _ => "failed",
        };
        return step.Phase == StepPhase.Rollback ? $"Rollback of step {step.StepNo} {outcome}: {step.Name}" : $"Step {step.StepNo} {outcome}: {step.Name}";
    }

    private static JsonObject Checks(RunDryRunRecorded dryRun) => new() { ["checks"] = new JsonArray([.. dryRun.Checks.Select(Check)]) };

    private static JsonNode Check(DryRunCheck check) => new JsonObject
    {
        ["step_no"] = check.StepNo,
        ["name"] = check.Name,
        ["passed"] = check.Passed,
        ["message"] = check.Message,
    };
}
