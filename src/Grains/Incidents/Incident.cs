using AwoooP.Aggregates;
using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Runs;

namespace AwoooP.Incidents;

/// <summary>The decisions of an incident. Pure.</summary>
internal static class Incident
{
    /// <summary>Closes a resolved incident that stays quiet.</summary>
    public const string CloseWake = "close";

    /// <summary>Executed repairs by one playbook that may fail before a person is asked.</summary>
    public const int MaxFailuresOfPlaybook = 2;

    /// <summary>After its resolution, how long an alert that fires again reopens the incident; later it opens a new one.</summary>
    public static readonly TimeSpan ReopenWindow = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan CloseAfter = TimeSpan.FromHours(24);

    public static Decision<IncidentEvent> Open(IncidentState state, string incidentId, OpenIncident command) =>
        state.Status is not IncidentStatus.None
            ? new Refusal(RefusalKind.Conflict, IncidentRefusals.IdTaken, $"{incidentId} is another incident already.")
            : Decision<IncidentEvent>.Of(new IncidentOpened(
                incidentId,
                command.Identity,
                command.Classification,
                command.Signal,
                command.HitCount,
                AffectedServices(command),
                command.Frequency));

    public static Decision<IncidentEvent> AddSignal(IncidentState state, AddSignal command)
    {
        // By the signal's time and not by the clock, so that a command that comes again is decided alike.
        var afterEnd = command.Signal.ReceivedAt - state.ResolvedAt;

        // What a person or a verification ended stays so against news from before. A quiet alert is another matter: its signals come in order,
        // so this one was fired after the quiet, even where the quiet took its time to get here.
        var isOlder = afterEnd <= TimeSpan.Zero && state.Resolution is not ResolutionKind.AlertCleared;
        var facts = FactsOf(state) with { FiresAgainInTime = !isOlder && afterEnd <= ReopenWindow, IsOlderThanEnd = isOlder };
        if (Refuses(state, IncidentTrigger.AddSignal, out var target, out var refusal, facts))
            return refusal;

        return target == state.Status
            ? Decision<IncidentEvent>.Of(new IncidentSignalAdded(command.Signal, command.HitCount))
            : Decision<IncidentEvent>.Of(new IncidentReopened(command.Signal, command.HitCount)).ClearWake(CloseWake);
    }

    public static Decision<IncidentEvent> ClearAlert(IncidentState state, ClearAlert command, string by, DateTimeOffset now)
    {
        if (Refuses(state, IncidentTrigger.ClearAlert, out var target, out var refusal))
            return refusal;
        if (state.Identity!.Fingerprint != command.Fingerprint)
            return new Refusal(RefusalKind.Conflict, "other_alert", "The incident is about another alert.");

        return (state.Status, target) switch
        {
            (IncidentStatus.Mitigating, _) => state.AlertIsClear
                ? Decision<IncidentEvent>.Nothing
                : Decision<IncidentEvent>.Of(new IncidentAlertCleared(command.Fingerprint)),
            (IncidentStatus.Resolved or IncidentStatus.Closed, _) => Decision<IncidentEvent>.Nothing,
            _ => Decision<IncidentEvent>.Of(Resolved(state, ResolutionKind.AlertCleared, by, null, null)).WakeAt(CloseWake, now + CloseAfter),
        };
    }

    /// <summary>A playbook that failed too often in this incident is declined here, and a person is asked.</summary>
    public static Decision<IncidentEvent> ProposePlan(IncidentState state, ProposePlan command, string by)
    {
        if (Refuses(state, IncidentTrigger.ProposePlan, out _, out var refusal))
            return refusal;
        if (command.Plan.IncidentId != state.IncidentId)
            return new Refusal(RefusalKind.Invalid, "other_incident", "The plan is for another incident.", Field: "$.plan.incident_id");

        return state.Failures.GetValueOrDefault(command.Plan.PlaybookId) >= MaxFailuresOfPlaybook
            ? DeclinePlan(state, new DeclinePlan($"{command.Plan.PlaybookId} failed {MaxFailuresOfPlaybook} times in this incident.", NeedsPerson: true), by)
            : Decision<IncidentEvent>.Of(new IncidentPlanProposed(command.Plan));
    }

    public static Decision<IncidentEvent> DeclinePlan(IncidentState state, DeclinePlan command, string by)
    {
        if (Refuses(state, IncidentTrigger.DeclinePlan, out _, out var refusal))
            return refusal;
        if (state.Status is IncidentStatus.Resolved or IncidentStatus.Closed || state.PlanIsLive)
            return Decision<IncidentEvent>.Nothing;

        var declined = Decision<IncidentEvent>.Of(new IncidentPlanDeclined(command.Reason));
        return command.NeedsPerson && state.Status is IncidentStatus.Investigating
            ? declined.And(new IncidentEscalated(command.Reason, by))
            : declined;
    }

    public static Decision<IncidentEvent> StartMitigation(IncidentState state, StartMitigation command)
    {
        if (Refuses(state, IncidentTrigger.StartMitigation, out var target, out var refusal, FactsOf(state, command.RunId)))
            return refusal;

        return target == state.Status
            ? Decision<IncidentEvent>.Nothing
            : Decision<IncidentEvent>.Of(new IncidentMitigationStarted(command.RunId));
    }

    public static Decision<IncidentEvent> RecordRepair(IncidentState state, RecordRepair command, string by, DateTimeOffset now)
    {
        var trigger = command switch
        {
            { Verified: true } => IncidentTrigger.RepairVerified,
            { NeedsPerson: true } => IncidentTrigger.RepairNeedsPerson,
            _ => IncidentTrigger.RepairFailed,
        };
        if (Refuses(state, trigger, out var target, out var refusal))
            return refusal;
        if (state.Status is IncidentStatus.Resolved or IncidentStatus.Closed || !state.PlanIsLive || state.Plan!.RunId != command.RunId)
            return Decision<IncidentEvent>.Nothing;
        if (command.Verified)
            return Decision<IncidentEvent>.Of(Resolved(state, ResolutionKind.RepairVerified, by, command.RunId, null)).WakeAt(CloseWake, now + CloseAfter);

        var errorCode = command.ErrorCode ?? RunErrors.VerificationFailed;
        var failed = state.Status is not IncidentStatus.Mitigating && IsUnexecuted(errorCode)
            ? Decision<IncidentEvent>.Of(new IncidentPlanWithdrawn(command.RunId, errorCode))
            : Decision<IncidentEvent>.Of(new IncidentRepairFailed(command.RunId, errorCode));
        var after = failed.Events.Aggregate(state, (current, raised) => current.Apply(raised, now));
        if (target is IncidentStatus.Resolved)
            return failed.And(Resolved(state, ResolutionKind.AlertCleared, by, command.RunId, null)).WakeAt(CloseWake, now + CloseAfter);
        return target is IncidentStatus.Escalated && after.Status is not IncidentStatus.Escalated
            ? failed.And(new IncidentEscalated($"The repair needs a person: {errorCode}.", by))
            : failed;
    }

    public static Decision<IncidentEvent> Acknowledge(IncidentState state, AcknowledgeIncident command, string by)
    {
        if (Refuses(state, IncidentTrigger.Acknowledge, out _, out var refusal))
            return refusal;
        return state.AcknowledgedBy == by ? Decision<IncidentEvent>.Nothing : Decision<IncidentEvent>.Of(new IncidentAcknowledged(by, command.Comment));
    }

    public static Decision<IncidentEvent> Escalate(IncidentState state, EscalateIncident command, string by) =>
        Refuses(state, IncidentTrigger.Escalate, out _, out var refusal)
            ? refusal
            : Decision<IncidentEvent>.Of(new IncidentEscalated(command.Reason, by));

    public static Decision<IncidentEvent> Resolve(IncidentState state, ResolveIncident command, string by, DateTimeOffset now) =>
        Refuses(state, IncidentTrigger.Resolve, out _, out var refusal)
            ? refusal
            : Decision<IncidentEvent>.Of(Resolved(state, ResolutionKind.Operator, by, null, command.Comment)).WakeAt(CloseWake, now + CloseAfter);

    public static Decision<IncidentEvent> Close(IncidentState state, CloseIncident command, string by) =>
        Refuses(state, IncidentTrigger.Close, out _, out var refusal)
            ? refusal
            : Decision<IncidentEvent>.Of(new IncidentClosed(by, command.Comment)).ClearWake(CloseWake);

    /// <summary>A wake-up that is late, or meets an incident that fires again, closes nothing.</summary>
    public static Decision<IncidentEvent> CloseWhenQuiet(IncidentState state, string by, DateTimeOffset now) =>
        state.Status is IncidentStatus.Resolved && now - state.ResolvedAt >= CloseAfter
            ? Close(state, new CloseIncident("Quiet for 24 hours."), by)
            : Decision<IncidentEvent>.Nothing;

    public static IReadOnlyList<string> AvailableActions(IncidentState state) =>
        IncidentTransitions.Table.AvailableActions(state.Status, FactsOf(state), IncidentTransitions.Actions);

    /// <summary>Whether a run with this error never touched anything: it says nothing about the playbook.</summary>
    public static bool IsUnexecuted(string errorCode) =>
        errorCode is RunErrors.Rejected or RunErrors.ApprovalExpired or RunErrors.Superseded or RunErrors.Cancelled;

    private static IncidentResolved Resolved(IncidentState state, ResolutionKind kind, string by, Guid? runId, string? comment) =>
        new(kind, by, runId, comment, state.OpenedAt);

    private static string[] AffectedServices(OpenIncident command)
    {
        var service = command.Signal.Labels.GetValueOrDefault("service");
        return [.. new[] { service, command.Identity.Target }.OfType<string>().Where(name => name is not ("" or AlertIdentity.Absent)).Distinct()];
    }

    private static bool Refuses(IncidentState state, IncidentTrigger trigger, out IncidentStatus target, out Refusal refusal, IncidentFacts? facts = null)
    {
        var verdict = IncidentTransitions.Table.Decide(state.Status, trigger, facts ?? FactsOf(state));
        target = verdict.Target;
        refusal = verdict.Refusal!;
        return verdict.Refusal is not null;
    }

    private static IncidentFacts FactsOf(IncidentState state, Guid? runId = null) =>
        new(FiresAgainInTime: false, IsOlderThanEnd: false, state.PlanIsLive, state.PlanIsLive && state.Plan!.RunId == runId, state.AlertIsClear);
}
