using AwoooP.Aggregates;
using AwoooP.Commands;
using static AwoooP.Incidents.IncidentStatus;
using static AwoooP.Incidents.IncidentTrigger;

namespace AwoooP.Incidents;

internal static class IncidentTransitions
{
    private static readonly Guard<IncidentFacts> FiresAgainInTime = new(
        "fires_again_in_time", facts => facts.FiresAgainInTime, "reopen_window_over", "The incident was resolved more than 30 minutes ago: a new one is opened.");

    private static readonly Guard<IncidentFacts> IsOlderThanEnd = new("is_older_than_end", facts => facts.IsOlderThanEnd);

    private static readonly Guard<IncidentFacts> HasNoLivePlan = new(
        "has_no_live_plan", facts => !facts.HasLivePlan, "plan_exists", "The incident has a plan already.", RefusalKind.Conflict);

    private static readonly Guard<IncidentFacts> IsRunOfPlan = new(
        "is_run_of_plan", facts => facts.IsRunOfPlan, "run_mismatch", "The run is not that of the incident's plan.", RefusalKind.Conflict);

    private static readonly Guard<IncidentFacts> AlertIsClear = new("alert_is_clear", facts => facts.AlertIsClear);

    public static TransitionTable<IncidentStatus, IncidentTrigger, IncidentFacts> Table { get; } = new(
        "incident",
        [
            new(IncidentStatus.None, Open, Investigating),

            new(Investigating, IncidentTrigger.AddSignal, Investigating),
            new(Investigating, IncidentTrigger.ClearAlert, Resolved),
            new(Investigating, IncidentTrigger.ProposePlan, Investigating, HasNoLivePlan),
            new(Investigating, IncidentTrigger.DeclinePlan, Investigating),
            new(Investigating, IncidentTrigger.StartMitigation, Mitigating, IsRunOfPlan),
            new(Investigating, RepairVerified, Resolved),
            new(Investigating, RepairFailed, Investigating),
            new(Investigating, RepairNeedsPerson, Escalated),
            new(Investigating, Acknowledge, Investigating),
            new(Investigating, Escalate, Escalated),
            new(Investigating, Resolve, Resolved),
            new(Investigating, Close, Closed),

            new(Mitigating, IncidentTrigger.AddSignal, Mitigating),
            new(Mitigating, IncidentTrigger.ClearAlert, Mitigating),
            new(Mitigating, IncidentTrigger.StartMitigation, Mitigating, IsRunOfPlan),
            new(Mitigating, RepairVerified, Resolved),
            new(Mitigating, RepairFailed, Resolved, AlertIsClear),
            new(Mitigating, RepairFailed, Investigating),
            new(Mitigating, RepairNeedsPerson, Resolved, AlertIsClear),
            new(Mitigating, RepairNeedsPerson, Escalated),
            new(Mitigating, Acknowledge, Mitigating),
            new(Mitigating, Escalate, Escalated),
            new(Mitigating, Resolve, Resolved),

            new(Escalated, IncidentTrigger.AddSignal, Escalated),
            new(Escalated, IncidentTrigger.ClearAlert, Resolved),
            new(Escalated, IncidentTrigger.ProposePlan, Escalated, HasNoLivePlan),
            new(Escalated, IncidentTrigger.DeclinePlan, Escalated),
            new(Escalated, IncidentTrigger.StartMitigation, Mitigating, IsRunOfPlan),
            new(Escalated, RepairVerified, Resolved),
            new(Escalated, RepairFailed, Escalated),
            new(Escalated, RepairNeedsPerson, Escalated),
            new(Escalated, Acknowledge, Escalated),
            new(Escalated, Resolve, Resolved),

            // News that comes late changes nothing, and is no fault of its sender.
            new(Resolved, IncidentTrigger.AddSignal, Investigating, FiresAgainInTime),
            new(Resolved, IncidentTrigger.AddSignal, Resolved, IsOlderThanEnd),
            new(Resolved, IncidentTrigger.ClearAlert, Resolved),
            new(Resolved, IncidentTrigger.DeclinePlan, Resolved),
            new(Resolved, RepairVerified, Resolved),
            new(Resolved, RepairFailed, Resolved),
            new(Resolved, RepairNeedsPerson, Resolved),
            new(Resolved, Close, Closed),

            new(Closed, IncidentTrigger.ClearAlert, Closed),
            new(Closed, IncidentTrigger.DeclinePlan, Closed),
            new(Closed, RepairVerified, Closed),
            new(Closed, RepairFailed, Closed),
            new(Closed, RepairNeedsPerson, Closed),
        ],
        [Acknowledge, Escalate, Resolve, Close]);
}
