using System.Collections.Frozen;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Audit;
using AwoooP.Budgets;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Idempotency;
using AwoooP.Incidents;
using AwoooP.Kpis;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Retention;
using AwoooP.Runs;

namespace AwoooP.Records;

/// <summary>Which events are acts. All are but those named here, so that what is added to the catalogue is audited unless somebody says why not.</summary>
internal static class AuditActs
{
    /// <summary>What senders of alerts said, signs of life, and bookkeeping about requests and events that are acts themselves.</summary>
    private static readonly Type[] NoActs =
    [
        typeof(AlertEvent), typeof(RunHeartbeatReceived), typeof(OperatorKeyUsed), typeof(KpiEvent), typeof(PlaybookNewsFollowed), typeof(ProjectRegistered),
        typeof(IdempotencyEvent), typeof(RetentionScheduled),
        // Of the calls of a run that is told itself; what they cost is the ledger's to tell.
        typeof(BudgetPeriodBegun), typeof(SpendingReserved), typeof(SpendingSettled), typeof(SpendingReleased), typeof(ReservationExpired),
    ];

    private static readonly Type[] Failures =
    [
        typeof(IncidentRepairFailed), typeof(ApprovalExecutionFailed), typeof(NotificationFailed), typeof(RunFailed), typeof(RunTimedOut), typeof(RunLeaseLost),
        typeof(ContractFoundUnusable),
    ];

    private static readonly Type[] Denials = [typeof(ActDenied), typeof(DenialsCounted)];

    public static FrozenSet<string> Types { get; } = EventCatalog.Default.All
        .Where(static type => !NoActs.Any(no => no.IsAssignableFrom(type.ClrType)))
        .Select(static type => type.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, AuditOutcome> Outcomes = Failures.Select(static type => (Type: type, Outcome: AuditOutcome.Failed))
        .Concat(Denials.Select(static type => (Type: type, Outcome: AuditOutcome.Denied)))
        .ToFrozenDictionary(static pair => EventCatalog.Default.NameOf(pair.Type), static pair => pair.Outcome, StringComparer.Ordinal);

    /// <summary>As far as the type of the event tells it.</summary>
    public static AuditOutcome OutcomeOf(string type) => Outcomes.GetValueOrDefault(type, AuditOutcome.Done);
}
