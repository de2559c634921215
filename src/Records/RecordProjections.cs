using AwoooP.Events;
using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery;
using AwoooP.Records.Cuts;

namespace AwoooP.Records;

/// <summary>Every projection of the record tables. They hold no state, so one instance serves all.</summary>
public static class RecordProjections
{
    public static IReadOnlyList<IProjection> All { get; } =
    [
        new IncidentProjection(),
        new ApprovalProjection(),
        new PlaybookProjection(),
        new TrustProjection(),
        new RunProjection(),
        new AlertMemberProjection(),
        new NotificationProjection(),
        new TimelineProjection(),
        new OperatorProjection(),
        new AuditProjection(),
        new ProjectProjection(),
        new ContractProjection(),
        new BudgetProjection(),
        new LegalHoldProjection(),
    ];

    /// <summary>What they can read: tables of a log with anything else are made by a newer build.</summary>
    public static IKnownEvents Known { get; } = new KnownEvents(EventCatalog.Default.Knows);

    /// <summary>What of the records needs months of the log that a cut would take; holds last, since no hold is placed from its look to the end of the cut.</summary>
    public static IReadOnlyList<ICutObjection> CutObjections { get; } = [new AuditObjection(), new HoldObjection()];
}
