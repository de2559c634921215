using System.Collections.Frozen;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Audit;
using AwoooP.Brakes;
using AwoooP.Budgets;
using AwoooP.Contracts;
using AwoooP.Deliveries;
using AwoooP.Holds;
using AwoooP.Idempotency;
using AwoooP.Incidents;
using AwoooP.Kpis;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Retention;
using AwoooP.Runs;
using AwoooP.Trust;

namespace AwoooP.Commands;

/// <summary>The type names of aggregates in the journal, and the grain interface behind each.</summary>
public static class AggregateTypes
{
    public const string Alert = "alert";
    public const string Incident = "incident";
    public const string Playbook = "playbook";
    public const string PlaybookCatalog = "playbook_catalog";
    public const string Trust = "trust";
    public const string Approval = "approval";
    public const string Run = "run";
    public const string Notification = "notification";
    public const string Kpi = "kpi";
    public const string Brake = "brake";
    public const string OperatorKey = "operator_key";
    public const string Project = "project";
    public const string ProjectCatalog = "project_catalog";
    public const string Idempotency = "idempotency";
    public const string DeadLetter = "dead_letter";
    public const string Audit = "audit";
    public const string Contract = "contract";
    public const string Budget = "budget";
    public const string LegalHolds = "legal_holds";
    public const string Retention = "retention";

    private static readonly FrozenDictionary<string, Func<IGrainFactory, string, IAggregateGrain>> Grains =
        new Dictionary<string, Func<IGrainFactory, string, IAggregateGrain>>(StringComparer.Ordinal)
        {
            [Alert] = static (grains, key) => grains.GetGrain<IAlertGrain>(key),
            [Incident] = static (grains, key) => grains.GetGrain<IIncidentGrain>(key),
            [Playbook] = static (grains, key) => grains.GetGrain<IPlaybookGrain>(key),
            [PlaybookCatalog] = static (grains, key) => grains.GetGrain<IPlaybookCatalogGrain>(key),
            [Trust] = static (grains, key) => grains.GetGrain<ITrustRecordGrain>(key),
            [Approval] = static (grains, key) => grains.GetGrain<IApprovalGrain>(key),
            [Run] = static (grains, key) => grains.GetGrain<IRunGrain>(key),
            [Notification] = static (grains, key) => grains.GetGrain<INotificationGrain>(key),
            [Kpi] = static (grains, key) => grains.GetGrain<IKpiGrain>(key),
            [Brake] = static (grains, key) => grains.GetGrain<IBrakeGrain>(key),
            [OperatorKey] = static (grains, key) => grains.GetGrain<IOperatorKeyGrain>(key),
            [Project] = static (grains, key) => grains.GetGrain<IProjectGrain>(key),
            [ProjectCatalog] = static (grains, key) => grains.GetGrain<IProjectCatalogGrain>(key),
            [Idempotency] = static (grains, key) => grains.GetGrain<IIdempotencyGrain>(key),
            [DeadLetter] = static (grains, key) => grains.GetGrain<IDeadLetterGrain>(key),
            [Audit] = static (grains, key) => grains.GetGrain<IAuditGrain>(key),
            [Contract] = static (grains, key) => grains.GetGrain<IContractGrain>(key),
            [Budget] = static (grains, key) => grains.GetGrain<IBudgetGrain>(key),
            [LegalHolds] = static (grains, key) => grains.GetGrain<ILegalHoldsGrain>(key),
            [Retention] = static (grains, key) => grains.GetGrain<IRetentionGrain>(key),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => Grains.Keys;

    /// <exception cref="ArgumentException">This build knows no such aggregate.</exception>
    public static IAggregateGrain GetAggregate(this IGrainFactory grains, string type, string key) => Grains.TryGetValue(type, out var get)
        ? get(grains, key)
        : throw new ArgumentException($"There is no aggregate of type '{type}'.", nameof(type));
}
