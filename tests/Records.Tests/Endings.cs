using AwoooP.Approvals;
using AwoooP.Audit;
using AwoooP.Brakes;
using AwoooP.Deliveries;
using AwoooP.Incidents;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Runs;

namespace AwoooP.Records.Tests;

/// <summary>The ways that things end which <see cref="Story"/> does not take.</summary>
internal static class Endings
{
    public static EventLog Tell(string projectId)
    {
        var log = new EventLog(projectId);
        log.Append("incident", Story.Incident, "platform", new IncidentOpened(Story.Incident, Story.Identity, Story.Classification, Story.Member("a", log), 1, [], new(0, 0, 0, 0, null)));
        log.Append("incident", Story.Incident, "platform", new IncidentResolved(ResolutionKind.AlertCleared, "platform", null, null, log.Now));
        log.Append("incident", Story.Incident, "platform", new IncidentReopened(Story.Member("a", log), 2));
        log.Append("incident", Story.Incident, "ops", new IncidentEscalated("nobody knows", "ops"));
        log.Append("incident", Story.Incident, "ops", new IncidentResolved(ResolutionKind.Operator, "ops", null, "by hand", log.Now));

        End(log, 1, approval => new ApprovalRejected("restart:checkout", "lead", "not now", approval), plan => new RunFailed(plan, RunErrors.Rejected, "rejected", false, false, null));
        End(log, 2, approval => new ApprovalExpired(approval), plan => new RunTimedOut(plan, RunErrors.ApprovalExpired));
        End(log, 3, approval => new ApprovalCancelled("mistake", "ops", approval), plan => new RunCancelled(plan, RunErrors.Cancelled, "mistake", "ops"));
        log.Append("run", Id(23).ToString(), "platform", new RunTargetReleased(Story.Identity.Target));
        End(log, 4, approval => new ApprovalSuperseded("the alert is quiet", approval), plan => new RunCancelled(plan, RunErrors.Superseded, "the alert is quiet", "platform"));
        End(log, 5, null, plan => new RunCompleted(plan, true, true, log.Now.AddSeconds(-4)), isShadow: true);
        HoldBack(log, 6);
        End(log, 7, null, plan => new RunCancelled(plan, RunErrors.BudgetUsedUp, null, "worker:w1"));
        log.Append("incident", Story.Incident, "platform", new IncidentPlanWithdrawn(Id(21), RunErrors.Rejected));

        log.Append("notification", Id(31).ToString(), "platform", new NotificationQueued(Id(31), NotificationChannel.Telegram, "TYPE-1", "42", "News", "body", null, null));
        log.Append("notification", Id(31).ToString(), "platform", new NotificationDelayed(1, "slow down", true, log.Now.AddSeconds(9)));
        log.Append("notification", Id(31).ToString(), "platform", new NotificationFailed(2, "gone"));
        log.Append("notification", Id(32).ToString(), "platform", new NotificationQueued(Id(32), NotificationChannel.Telegram, "TYPE-1", "42", "News", "body", Story.Incident, null));
        log.Append("notification", Id(32).ToString(), "platform", new NotificationDelivered(1, "7"), new NotificationActedOn("silenced", "ops", null, 3));

        log.Append("playbook", Story.Playbook, "ops", new PlaybookCreated(Story.Playbook, Story.Definition("Other"), PlaybookSource.Imported, null, 0.3, "ops"));
        log.Append("playbook", Story.Playbook, "platform", new PlaybookArchived("lost trust", "platform"), new PlaybookRestored("try again", "ops", PlaybookStatus.Draft));
        log.Append("playbook", Story.Playbook, "lead", new PlaybookApproved("lead"));
        log.Append("playbook", Story.Playbook, "ops", new PlaybookArchived("not used", "ops"), new PlaybookRestored("used again", "ops", PlaybookStatus.Approved));
        log.Append("brake", "brakes", "ops", new AutomationPaused(null, "freeze", "ops"), new AutomationResumed(null, "ops"));
        log.Append("operator_key", "k1", "ops", new OperatorKeyIssued("k1", "ops", new string('0', 64), new Dictionary<string, OperatorRole>(), projectId, null, "platform"), new OperatorKeyRevoked("lost", "ops"));

        var withheld = new WithheldEvent("records.incidents", "1.3.42", $"incident/{projectId}/{Story.Incident}", "incident.opened");
        log.Append("dead_letter", Id(51).ToString(), "ops", new DeadLetterRetried(withheld, "ops"), new DeadLetterDiscarded(withheld, "it never fits", "ops"));
        log.Append(
            "audit", "audit", "ops",
            new ActDenied("VoteApproval", 403, "role_required", "403 role_required", "approval_id=1", "api_key", "127.0.0.1", null),
            new DenialsCounted("several", 3, "3 more refusals within a minute, told together", log.Now, log.Now),
            new SessionBegan("api_key", "key1", "127.0.0.1", log.Now.AddHours(8)),
            new SessionEnded("api_key", "key1", "127.0.0.1"));

        log.Append("project", IProjectGrain.Key, "root", new ProjectCreated(Story.Configuration("Shop"), "root"));
        log.Append("project", IProjectGrain.Key, "ops", new ProjectSuspended("moving house", "ops"));
        log.Append("project", IProjectGrain.Key, "root", new ProjectRemovalBegun("the contract has ended", "root"), new ProjectRemovalAbandoned("a run was under way", "root"));
        log.Append(
            "project_catalog", IProjectCatalogGrain.Key, "root",
            new RemovalEntered("gone", "the contract has ended", "root"),
            new RemovalWithdrawn("gone", "a run was under way", "root"),
            new ProjectRemoved("gone", [new DeletedRows("journal.event", 7)], null, "root"),
            new ProjectIdReleased("gone", "root"),
            new ExportEntered("gone", "the contract has ended", "root"),
            new ProjectExported("gone", new string('0', 64), ["1.0.7"], "root"),
            new LogCutEntered(DateTimeOffset.UnixEpoch, 2, 4096, "nothing needs them", "root"));
        log.Append("project", IProjectGrain.Key, "ops", new ProjectResumed("moved", "ops"), new ProjectConfigured(new ProjectConfiguration { Name = "The shop" }, "ops"));
        return log;
    }

    /// <summary>A run that needed no vote, whose dry run finds that its program is missing.</summary>
    private static void HoldBack(EventLog log, int number)
    {
        var plan = Story.Plan(Id(10 + number), Id(20 + number));
        var run = plan.RunId.ToString();
        log.Append("run", run, "agent:planner", new RunCreated(plan, RunState.Pending, "repair", "planner", false, 0, 3, null));
        log.Append("run", run, "worker:w1", new RunClaimed("w1", 1, log.Now.AddSeconds(30)));
        log.Append(
            "run",
            run,
            "worker:w1",
            new RunDryRunRecorded(1, false, [new DryRunCheck(1, StepPhase.Forward, "command", "restart", false, "program_missing")]),
            new RunFailed(plan, RunErrors.DryRunFailed, "The dry run of step 1 'restart' failed.", false, false, log.Now));
    }

    private static void End(EventLog log, int number, Func<Guid, ApprovalEvent>? approvalEnd, Func<RepairPlan, RunEvent> runEnd, bool isShadow = false)
    {
        var plan = Story.Plan(Id(10 + number), Id(20 + number));
        log.Append("run", plan.RunId.ToString(), "agent:planner", new RunCreated(plan, isShadow ? RunState.Pending : RunState.WaitingApproval, "repair", "planner", isShadow, 0, 3, null, "11111111111111111111111111111111"));
        if (approvalEnd is not null)
        {
            log.Append("approval", plan.ApprovalId.ToString(), "agent:planner", new ApprovalRequested(plan, "Go?", "agent:planner", 1, 1, log.Now.AddMinutes(10), log.Now.AddMinutes(15)));
            log.Append("approval", plan.ApprovalId.ToString(), "lead", approvalEnd(plan.RunId));
        }

        if (isShadow)
        {
            log.Append("run", plan.RunId.ToString(), "worker:w1", new RunClaimed("w1", 1, log.Now.AddSeconds(30)), new RunDryRunRecorded(1, false, [new DryRunCheck(1, StepPhase.Forward, "command", "restart", false, "no such program")]));
            log.Append("run", plan.RunId.ToString(), "worker:w1", new RunStepBegun(1, 1, StepPhase.Forward, "command", "restart", "{}", Id(41)), new RunStepFinished(1, 1, StepPhase.Forward, "command", "restart", StepStatus.Succeeded, null, null, 3));
        }

        log.Append("run", plan.RunId.ToString(), "platform", runEnd(plan));
    }

    private static Guid Id(int number) => Guid.Parse($"01910000-0000-7000-8000-0000000000{number}");
}
