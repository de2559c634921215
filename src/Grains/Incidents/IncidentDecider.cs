using System.Globalization;
using AwoooP.Aggregates;
using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Wording;

namespace AwoooP.Incidents;

/// <summary>What an incident answers to its alert, its runs, people and time. Pure.</summary>
internal static class IncidentDecider
{
    /// <summary>Closes a resolved incident that stays quiet.</summary>
    public const string CloseWake = "close";

    /// <summary>Executed repairs by one playbook that may fail before a person is asked.</summary>
    public const int MaxFailuresOfPlaybook = 2;

    /// <summary>After its resolution, how long an alert that fires again reopens the incident; later it opens a new one.</summary>
    public static readonly TimeSpan ReopenWindow = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan CloseAfter = TimeSpan.FromHours(24);

    public static Decision<IncidentEvent> Open(Incident incident, string incidentId, OpenIncident command) =>
        incident.Status is not IncidentStatus.None
            ? new Refusal(RefusalKind.Conflict, IncidentRefusals.IdTaken, $"{incidentId} is another incident already.")
            : Decision<IncidentEvent>.Of(new IncidentOpened(
                incidentId,
                command.Identity,
                command.Classification,
                command.Signal,
                command.HitCount,
                AffectedServices(command),
                command.Frequency));

    public static Decision<IncidentEvent> AddSignal(Incident incident, AddSignal command)
    {
        // By the signal's time and not by the clock, so that a command that comes again is decided alike.
        var afterEnd = command.Signal.ReceivedAt - incident.ResolvedAt;

        // What a person or a verification ended stays so against news from before. A quiet alert is another matter: its signals come in order,
        // so this one was fired after the quiet, even where the quiet took its time to get here.
        var isOlder = afterEnd <= TimeSpan.Zero && incident.Resolution is not ResolutionKind.AlertCleared;
        var facts = FactsOf(incident) with { FiresAgainInTime = !isOlder && afterEnd <= ReopenWindow, IsOlderThanEnd = isOlder };
        var verdict = Table.Decide(incident.Status, IncidentTrigger.AddSignal, facts);
        if (verdict.IsRefused(out var refusal))
            return refusal;

        return verdict.Target == incident.Status
            ? Decision<IncidentEvent>.Of(new IncidentSignalAdded(command.Signal, command.HitCount))
            : Decision<IncidentEvent>.Of(new IncidentReopened(command.Signal, command.HitCount)).ClearWake(CloseWake);
    }

    public static Decision<IncidentEvent> ClearAlert(Incident incident, ClearAlert command, string by, DateTimeOffset now)
    {
        if (Table.Decide(incident.Status, IncidentTrigger.ClearAlert, FactsOf(incident)).IsRefused(out var refusal))
            return refusal;
        if (incident.Identity!.Fingerprint != command.Fingerprint)
            return new Refusal(RefusalKind.Conflict, "other_alert", "The incident is about another alert.");

        return incident.Status switch
        {
            IncidentStatus.Mitigating => incident.AlertIsClear
                ? Decision<IncidentEvent>.Nothing
                : Decision<IncidentEvent>.Of(new IncidentAlertCleared(command.Fingerprint)),
            IncidentStatus.Resolved or IncidentStatus.Closed => Decision<IncidentEvent>.Nothing,
            _ => Decision<IncidentEvent>.Of(Resolved(incident, ResolutionKind.AlertCleared, by, null, null)).WakeAt(CloseWake, now + CloseAfter),
        };
    }

    /// <summary>A playbook that failed too often in this incident is declined here, and a person is asked.</summary>
    public static Decision<IncidentEvent> ProposePlan(Incident incident, ProposePlan command, string by)
    {
        if (Table.Decide(incident.Status, IncidentTrigger.ProposePlan, FactsOf(incident)).IsRefused(out var refusal))
            return refusal;
        if (command.Plan.IncidentId != incident.IncidentId)
            return new Refusal(RefusalKind.Invalid, "other_incident", "The plan is for another incident.", Field: "$.plan.incident_id");

        return incident.Failures.GetValueOrDefault(command.Plan.PlaybookId) >= MaxFailuresOfPlaybook
            ? DeclinePlan(incident, FailedOften(command.Plan), by)
            : Decision<IncidentEvent>.Of(new IncidentPlanProposed(command.Plan));
    }

    public static Decision<IncidentEvent> DeclinePlan(Incident incident, DeclinePlan command, string by)
    {
        if (Table.Decide(incident.Status, IncidentTrigger.DeclinePlan, FactsOf(incident)).IsRefused(out var refusal))
            return refusal;
        if (incident.Status is IncidentStatus.Resolved or IncidentStatus.Closed || incident.PlanIsLive)
            return Decision<IncidentEvent>.Nothing;

        var declined = Decision<IncidentEvent>.Of(new IncidentPlanDeclined(command.Reason, command.Why));
        return command.NeedsPerson && incident.Status is IncidentStatus.Investigating
            ? declined.And(new IncidentEscalated(command.Reason, by, command.Why))
            : declined;
    }

    public static Decision<IncidentEvent> StartMitigation(Incident incident, StartMitigation command)
    {
        var verdict = Table.Decide(incident.Status, IncidentTrigger.StartMitigation, FactsOf(incident, command.RunId));
        if (verdict.IsRefused(out var refusal))
            return refusal;

        return verdict.Target == incident.Status
            ? Decision<IncidentEvent>.Nothing
            : Decision<IncidentEvent>.Of(new IncidentMitigationStarted(command.RunId));
    }

    public static Decision<IncidentEvent> RecordRepair(Incident incident, RecordRepair command, string by, DateTimeOffset now)
    {
        var trigger = command switch
        {
            { Verified: true } => IncidentTrigger.RepairVerified,
            { NeedsPerson: true } => IncidentTrigger.RepairNeedsPerson,
            _ => IncidentTrigger.RepairFailed,
        };
        var verdict = Table.Decide(incident.Status, trigger, FactsOf(incident));
        if (verdict.IsRefused(out var refusal))
            return refusal;
        if (incident.Status is IncidentStatus.Resolved or IncidentStatus.Closed || !incident.PlanIsLive || incident.Plan!.RunId != command.RunId)
            return Decision<IncidentEvent>.Nothing;
        if (command.Verified)
            return Decision<IncidentEvent>.Of(Resolved(incident, ResolutionKind.RepairVerified, by, command.RunId, null)).WakeAt(CloseWake, now + CloseAfter);

        var errorCode = command.ErrorCode ?? RunErrors.VerificationFailed;
        var failed = incident.Status is not IncidentStatus.Mitigating && IsUnexecuted(errorCode)
            ? Decision<IncidentEvent>.Of(new IncidentPlanWithdrawn(command.RunId, errorCode))
            : Decision<IncidentEvent>.Of(new IncidentRepairFailed(command.RunId, errorCode));
        var after = failed.Events.Aggregate(incident, (current, raised) => current.Apply(raised, now));
        if (verdict.Target is IncidentStatus.Resolved)
            return failed.And(Resolved(incident, ResolutionKind.AlertCleared, by, command.RunId, null)).WakeAt(CloseWake, now + CloseAfter);
        return verdict.Target is IncidentStatus.Escalated && after.Status is not IncidentStatus.Escalated
            ? failed.And(NeedsPerson(errorCode, by))
            : failed;
    }

    public static Decision<IncidentEvent> Acknowledge(Incident incident, AcknowledgeIncident command, string by)
    {
        if (Table.Decide(incident.Status, IncidentTrigger.Acknowledge, FactsOf(incident)).IsRefused(out var refusal))
            return refusal;
        return incident.AcknowledgedBy == by ? Decision<IncidentEvent>.Nothing : Decision<IncidentEvent>.Of(new IncidentAcknowledged(by, command.Comment));
    }

    public static Decision<IncidentEvent> Escalate(Incident incident, EscalateIncident command, string by) =>
        Table.Decide(incident.Status, IncidentTrigger.Escalate, FactsOf(incident)).IsRefused(out var refusal)
            ? refusal
            : Decision<IncidentEvent>.Of(new IncidentEscalated(command.Reason, by));

    public static Decision<IncidentEvent> Resolve(Incident incident, ResolveIncident command, string by, DateTimeOffset now) =>
        Table.Decide(incident.Status, IncidentTrigger.Resolve, FactsOf(incident)).IsRefused(out var refusal)
            ? refusal
            : Decision<IncidentEvent>.Of(Resolved(incident, ResolutionKind.Operator, by, null, command.Comment)).WakeAt(CloseWake, now + CloseAfter);

    public static Decision<IncidentEvent> Close(Incident incident, CloseIncident command, string by) =>
        Table.Decide(incident.Status, IncidentTrigger.Close, FactsOf(incident)).IsRefused(out var refusal)
            ? refusal
            : Decision<IncidentEvent>.Of(new IncidentClosed(by, command.Comment)).ClearWake(CloseWake);

    /// <summary>A wake-up that is late, or meets an incident that fires again, closes nothing.</summary>
    public static Decision<IncidentEvent> CloseWhenQuiet(Incident incident, string by, DateTimeOffset now) =>
        incident.Status is IncidentStatus.Resolved && now - incident.ResolvedAt >= CloseAfter
            ? Close(incident, new CloseIncident("Quiet for 24 hours."), by)
            : Decision<IncidentEvent>.Nothing;

    public static IReadOnlyList<string> AvailableActions(Incident incident) =>
        Table.AvailableActions(incident.Status, FactsOf(incident));

    /// <summary>Whether a run with this error never touched anything: it says nothing about the playbook.</summary>
    public static bool IsUnexecuted(string errorCode) =>
        errorCode is RunErrors.Rejected or RunErrors.ApprovalExpired or RunErrors.Superseded or RunErrors.Cancelled or RunErrors.BudgetUsedUp;

    private static TransitionTable<IncidentStatus, IncidentTrigger, IncidentFacts> Table => IncidentTransitions.Table;

    private static IncidentResolved Resolved(Incident incident, ResolutionKind kind, string by, Guid? runId, string? comment) =>
        new(kind, by, runId, comment, incident.OpenedAt);

    private static DeclinePlan FailedOften(RepairPlan plan)
    {
        var why = Phrase.Of("declined_failed_often", ("playbook", plan.PlaybookId), ("count", MaxFailuresOfPlaybook.ToString(CultureInfo.InvariantCulture)));
        return new DeclinePlan(why.InEnglish(), NeedsPerson: true, why);
    }

    private static IncidentEscalated NeedsPerson(string errorCode, string by)
    {
        var why = Phrase.Of("needs_person", ("error", errorCode));
        return new IncidentEscalated(why.InEnglish(), by, why);
    }

    private static string[] AffectedServices(OpenIncident command)
    {
        var service = command.Signal.Labels.GetValueOrDefault("service");
        return [.. new[] { service, command.Identity.Target }.OfType<string>().Where(name => name is not ("" or AlertIdentity.Absent)).Distinct()];
    }

    private static IncidentFacts FactsOf(Incident incident, Guid? runId = null) =>
        new(FiresAgainInTime: false, IsOlderThanEnd: false, incident.PlanIsLive, incident.PlanIsLive && incident.Plan!.RunId == runId, incident.AlertIsClear);
}
