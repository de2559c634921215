using System.Collections.Frozen;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Audit;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Idempotency;
using AwoooP.Incidents;
using AwoooP.Journal;
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
        // A call of a model is an act once it is known what it has cost; one that was not made has cost nothing.
        typeof(BudgetPeriodBegun), typeof(SpendingReserved), typeof(SpendingReleased),
    ];

    /// <summary>What the project's account says of a call of a model. Its other accounts say the same of themselves, and one act is one row.</summary>
    private static readonly Type[] Calls = [typeof(SpendingSettled), typeof(ReservationExpired)];

    /// <summary>They come with the command that led to them, and are nobody's doing.</summary>
    private static readonly Type[] OfThePlatform = [typeof(BudgetThresholdReached), typeof(BudgetKilled)];

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

    /// <summary>Of <see cref="Types"/>, those that are acts of one aggregate alone: <see cref="CallsOf"/> of its project.</summary>
    public static FrozenSet<string> CallTypes { get; } = NamesOf(Calls);

    private static readonly FrozenSet<string> PlatformTypes = NamesOf(OfThePlatform);

    /// <summary>The grain whose word on calls of models is an act, as the log names it.</summary>
    public static string CallsOf(string projectId) => $"{projectId}/{BudgetAccount.Project}";

    public static bool IsAct(RecordedEvent recorded) =>
        Types.Contains(recorded.Type) && (!CallTypes.Contains(recorded.Type) || recorded.Id.LocalKey == BudgetAccount.Project);

    /// <summary>Whose act it is.</summary>
    /// <param name="type">Of the event.</param>
    /// <param name="caller">Whose command the event came with.</param>
    public static string ActorOf(string type, string caller) => PlatformTypes.Contains(type) ? Actors.Platform : caller;

    private static FrozenSet<string> NamesOf(Type[] types) => types.Select(static type => EventCatalog.Default.NameOf(type)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>As far as the type of the event tells it.</summary>
    public static AuditOutcome OutcomeOf(string type) => Outcomes.GetValueOrDefault(type, AuditOutcome.Done);
}
