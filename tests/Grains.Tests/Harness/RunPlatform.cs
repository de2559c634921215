using AwoooP.Aggregates;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Budgets;
using AwoooP.Incidents;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Runs;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>
/// The real grains of runs, approvals and notifications. Alert, playbook, incident and the project's budget are stand-ins that answer what a test sets.
/// </summary>
internal sealed partial class RunPlatform : GrainHarness, IGrainFactory
{
    private readonly OfferedRuns _offers;

    public RunPlatform(RepairPlan plan, params INotificationChannel[] channels)
        : this(plan, new OfferedRuns(), channels)
    {
    }

    private RunPlatform(RepairPlan plan, OfferedRuns offers, INotificationChannel[] channels)
        : base(services => Configure(services, offers, channels))
    {
        _offers = offers;
        Plan = plan;
        Ledger = new EffectLedger(Journal);

        var identity = new AlertIdentity(plan.Fingerprint, "WebDown", "prod", "web");
        var classification = new AlertClassification(Severity.P1, "web", "TYPE-3");
        Alert.GetAsync(default).ReturnsForAnyArgs(_ => AlertStatus == AlertStatus.None
            ? null
            : new AlertView(1, identity, classification, AlertStatus, 1, 1, new AlertFrequency(1, 1, 1, 1, null), Clock.GetUtcNow(), Clock.GetUtcNow(), plan.IncidentId));
        Playbook.GetAsync(default).ReturnsForAnyArgs(_ =>
            new PlaybookView(1, plan.PlaybookId, PlaybookStatus, PlaybookVersion, null!, 0.3, 0, 0, []));
        Incident.GetAsync(default).ReturnsForAnyArgs(_ => new IncidentView(
            1, plan.IncidentId, IncidentStatus.Investigating, identity, classification, 4, new Dictionary<string, string>(), plan, PlanIsLive, null, Clock.GetUtcNow(), null, []));
        PlaybookVersion = plan.PlaybookVersion;
        Budget.GetAsync(default).ReturnsForAnyArgs(_ =>
        {
            BudgetLooks++;
            return new BudgetView(
                1, new BudgetPlan(), false, IsBudgetUsedUp || BudgetLooks > LooksUntilUsedUp ? new BudgetKill(BudgetPeriod.Day, Clock.GetUtcNow(), Clock.GetUtcNow().AddHours(1)) : null, [], 0);
        });
    }

    public RepairPlan Plan { get; }

    public EffectLedger Ledger { get; }

    public AlertStatus AlertStatus { get; set; } = AlertStatus.Firing;

    public PlaybookStatus PlaybookStatus { get; set; } = PlaybookStatus.Active;

    public int PlaybookVersion { get; set; }

    public bool IsBudgetUsedUp { get; set; }

    /// <summary>How often the project's account is asked before its budget is used up.</summary>
    public int LooksUntilUsedUp { get; set; } = int.MaxValue;

    /// <summary>How often the project's account was asked.</summary>
    public int BudgetLooks { get; private set; }

    public bool PlanIsLive { get; set; } = true;

    public IRunGrain Run => GetGrain<IRunGrain>(Plans.RunKey);

    public IApprovalGrain Approval => GetGrain<IApprovalGrain>(Plans.ApprovalKey);

    private IAlertGrain Alert { get; } = Substitute.For<IAlertGrain>();

    private IPlaybookGrain Playbook { get; } = Substitute.For<IPlaybookGrain>();

    private IIncidentGrain Incident { get; } = Substitute.For<IIncidentGrain>();

    private IBudgetGrain Budget { get; } = Substitute.For<IBudgetGrain>();

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException("Work names its grains by interface.");

    public TGrain GetGrain<TGrain>(string key, string? grainClassNamePrefix = null)
        where TGrain : IGrainWithStringKey => typeof(TGrain) switch
        {
            var type when type == typeof(IAlertGrain) => (TGrain)Alert,
            var type when type == typeof(IPlaybookGrain) => (TGrain)Playbook,
            var type when type == typeof(IIncidentGrain) => (TGrain)Incident,
            var type when type == typeof(IBudgetGrain) => (TGrain)Budget,
            _ => Engine.GetGrain<TGrain>(key),
        };

    public async Task<RunView> ReadRunAsync() => (await AsAsync("test", Run.GetAsync)).ShouldNotBeNull();

    public async Task<ApprovalView> ReadApprovalAsync() => (await AsAsync("test", Approval.GetAsync)).ShouldNotBeNull();

    /// <summary>A run whose approval was granted by one person.</summary>
    public async Task ReleaseAsync()
    {
        await AcceptedAsync(Run.CreateAsync, new CreateRun(Plan, NeedsApproval: true, IsShadow: false, "repair", null));
        await AcceptedAsync(Approval.RequestAsync, new RequestApproval(Plan, "restart it", "platform", 1));
        await AcceptedAsync(Approval.VoteAsync, new CastVote("ann", true, VoteChoice.Approve, "api_key", null));
        await AcceptedAsync(Run.ReleaseAsync, new ReleaseRun(Plan.ApprovalId));
    }

    /// <summary>Fires what is due, and lets the worker work on what was offered, until nothing more happens at this time.</summary>
    public async Task WorkAsync(WorkerLife life, string workerId, Func<RepairStep, StepOutcome>? outcome = null)
    {
        var worker = new OfferedWork(this, _offers, Ledger, Clock);
        while (await FireDueWakesAsync() | await worker.TakeAsync(life, workerId, outcome))
        {
        }
    }

    private static void Configure(IServiceCollection services, OfferedRuns offers, INotificationChannel[] channels)
    {
        services.AddSingleton<IRunOffers>(offers);
        services.AddSingleton<AggregateServices>();
        foreach (var channel in channels)
            services.AddSingleton(channel);
    }
}
