using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Runs;
using AwoooP.Wording;

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
        RunCreated created => new("exec", "info", Of(created.State == RunState.WaitingApproval ? "run_prepared_waiting" : "run_prepared", subject))
        {
            Details = new() { ["kind"] = created.Kind, ["agent_id"] = created.AgentId, ["target"] = subject.Target },
        },
        RunReleased => new("exec", "info", Phrase.Of("run_released")),
        RunClaimed claimed => new("exec", "info", claimed.Attempt == 1 ? Phrase.Of("run_claimed") : Phrase.Of("run_claimed_again", ("attempt", Number(claimed.Attempt))))
        {
            Details = new() { ["worker_id"] = claimed.WorkerId, ["attempt"] = claimed.Attempt },
        },
        RunDryRunRecorded { Passed: true } passed => new("exec", "success", Phrase.Of("dry_run_passed")) { Details = Checks(passed) },
        RunDryRunRecorded failed => new("security", "error", Phrase.Of("dry_run_failed"))
        {
            Why = failed.Checks.FirstOrDefault(check => !check.Passed) is { } refused ? InTheWay(refused.StepNo, refused.Name, refused.Message) : null,
            Details = Checks(failed),
        },
        RunStepFinished step => new("exec", step.Status == StepStatus.Succeeded ? "success" : "error", Phrase.Of(Title(step), ("no", Number(step.StepNo)), ("name", step.Name)))
        {
            Why = step.ErrorCode is { } code ? Phrase.Of("reason", ("reason", code)) : null,
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
        RunWaiting waiting => new("exec", "info", Phrase.Of("run_waiting", ("no", Number(waiting.StepNo)))) { Details = new() { ["step_no"] = waiting.StepNo, ["until"] = waiting.Until } },
        RunYielded yielded => new("exec", "info", Phrase.Of("run_yielded")) { Why = Phrase.Of("reason", ("reason", yielded.Reason)) },
        RunLeaseLost lost => new("exec", "warning", Phrase.Of("run_lease_lost"))
        {
            Details = new() { ["worker_id"] = lost.WorkerId, ["next_attempt"] = lost.NextAttempt },
        },
        RunCompleted completed => new("exec", completed.Verified ? "success" : "warning", Of(completed.Verified ? "run_verified" : "run_completed", subject))
        {
            Why = completed.Verified ? null : Phrase.Of("reason", ("reason", RunErrors.Unverified)),
            Details = new() { ["verified"] = completed.Verified },
        },
        RunFailed failed => new("exec", "error", Of(failed.RolledBack ? "run_rolled_back" : "run_failed", subject))
        {
            Why = RunCauseText.Of(new RunCause(failed.ErrorCode, failed.Step)),
            Details = new() { ["error_code"] = failed.ErrorCode, ["rolled_back"] = failed.RolledBack, ["message"] = failed.Message },
        },
        RunCancelled cancelled => new(Actors.RoleOf(cancelled.By) == Actors.Operator ? "human" : "exec", "warning", Of("run_cancelled", subject))
        {
            Actor = cancelled.By,
            Why = Phrase.Of("reason", ("reason", cancelled.Reason ?? cancelled.ErrorCode)),
            Details = new() { ["error_code"] = cancelled.ErrorCode },
        },
        RunTimedOut timedOut => new("exec", "warning", Of("run_timed_out", subject)) { Why = Phrase.Of("reason", ("reason", timedOut.ErrorCode)), Details = new() { ["error_code"] = timedOut.ErrorCode } },
        _ => null,
    };

    private static Phrase Of(string key, TimelineSubject subject) => Phrase.Of(key, ("playbook", subject.Title));

    private static Phrase InTheWay(int stepNo, string name, string? reason) =>
        Phrase.Of("step_reason", ("no", Number(stepNo)), ("name", name), ("reason", reason ?? RunErrors.StepFailed));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Title(RunStepFinished step)
    {
        var subject = step.Phase == StepPhase.Rollback ? "rollback" : "step";
        return step.Status switch
        {
            StepStatus.Succeeded => $"{subject}_succeeded",
            StepStatus.TimedOut => $"{subject}_timed_out",
            StepStatus.Interrupted => $"{subject}_interrupted",
            _ => $"{subject}_failed",
        };
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
