using System.Collections.Concurrent;
using AwoooP.Aggregates;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>
/// The real grains of runs, approvals and notifications in the embedded engine, over a journal in memory, on a clock that stands still.
/// Alert, playbook and incident are stand-ins that answer what a test sets.
/// </summary>
internal sealed class TestPlatform : IAsyncDisposable, IGrainFactory, IRunOffers, IDurableClock
{
    private readonly ServiceProvider _services;
    private readonly IGrainFactory _engine;
    private readonly ConcurrentQueue<RunOffer> _offers = new();
    private readonly Dictionary<string, int> _cursors = [];

    public TestPlatform(RepairPlan plan, params INotificationChannel[] channels)
    {
        Plan = plan;
        Ledger = new Ledger(Journal);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IRunOffers>(this);
        services.AddSingleton(new AggregateServices(Journal, this, EventCatalog.Default, NullLogger<AggregateServices>.Instance));
        foreach (var channel in channels)
            services.AddSingleton(channel);
        services.AddEmbeddedEngine();
        services.AddGrains(typeof(Run).Assembly);
        _services = services.BuildServiceProvider();
        _engine = _services.GetRequiredService<IGrainFactory>();

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
    }

    public RepairPlan Plan { get; }

    public FakeClock Clock { get; } = new();

    public InMemoryJournal Journal { get; } = new();

    public Ledger Ledger { get; }

    public AlertStatus AlertStatus { get; set; } = AlertStatus.Firing;

    public PlaybookStatus PlaybookStatus { get; set; } = PlaybookStatus.Active;

    public int PlaybookVersion { get; set; }

    public bool PlanIsLive { get; set; } = true;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public IRunGrain Run => GetGrain<IRunGrain>(Plans.RunKey);

    public IApprovalGrain Approval => GetGrain<IApprovalGrain>(Plans.ApprovalKey);

    private IAlertGrain Alert { get; } = Substitute.For<IAlertGrain>();

    private IPlaybookGrain Playbook { get; } = Substitute.For<IPlaybookGrain>();

    private IIncidentGrain Incident { get; } = Substitute.For<IIncidentGrain>();

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException("Work names its grains by interface.");

    public TGrain GetGrain<TGrain>(string key, string? grainClassNamePrefix = null)
        where TGrain : IGrainWithStringKey => typeof(TGrain) switch
        {
            var type when type == typeof(IAlertGrain) => (TGrain)Alert,
            var type when type == typeof(IPlaybookGrain) => (TGrain)Playbook,
            var type when type == typeof(IIncidentGrain) => (TGrain)Incident,
            _ => _engine.GetGrain<TGrain>(key),
        };

    void IRunOffers.Offer(RunOffer offer) => _offers.Enqueue(offer);

    /// <summary>Calls as someone of the project, outside of any reaction.</summary>
    public async Task<T> AsAsync<T>(string actor, Func<CancellationToken, Task<T>> call, Guid? commandId = null)
    {
        CallContext.Current = new CallContext { ProjectId = Plans.Project, Actor = actor, CommandId = commandId };
        return await call(CancellationToken.None);
    }

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

    public async Task AcceptedAsync<TCommand>(Func<TCommand, CancellationToken, Task<CommandResult>> send, TCommand command) =>
        (await AsAsync("test", token => send(command, token))).Refusal.ShouldBeNull();

    /// <summary>Fires what is due, and lets the process work on what was offered, until nothing more happens at this time.</summary>
    public async Task WorkAsync(Process process, string workerId, Func<RepairStep, StepOutcome>? outcome = null)
    {
        while (await FireDueWakesAsync() | await TakeOffersAsync(process, workerId, outcome))
        {
        }
    }

    public async Task<bool> FireDueWakesAsync()
    {
        var fired = false;
        foreach (var (id, name, dueAt, _) in Journal.Wakes.Where(wake => wake.DueAt <= Now).ToList())
        {
            fired = true;
            CallContext.Current = new CallContext { ProjectId = id.ProjectId, Actor = "platform" };
            await _engine.GetAggregate(id.Type, id.Key).WakeAsync(name, dueAt, CancellationToken.None);
            Journal.AdvancePeriodic(id, name, dueAt, Now);
        }

        return fired;
    }

    /// <summary>Delivers every event to each reaction, twice: at least once is what delivery promises.</summary>
    public async Task DeliverAsync(params IReaction[] reactions)
    {
        bool delivered;
        do
        {
            delivered = false;
            foreach (var reaction in reactions)
            {
                var events = Journal.Events;
                for (var i = _cursors.GetValueOrDefault(reaction.Name); i < events.Count; i++)
                {
                    _cursors[reaction.Name] = i + 1;
                    if (!reaction.EventTypes.Contains(events[i].Type))
                        continue;

                    delivered = true;
                    await reaction.ReactAsync(events[i], CancellationToken.None);
                    await reaction.ReactAsync(events[i], CancellationToken.None);
                }
            }
        }
        while (delivered);
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task<bool> TakeOffersAsync(Process process, string workerId, Func<RepairStep, StepOutcome>? outcome)
    {
        var worked = false;
        var grains = new MortalGrains(this, process);
        IStepExecutor[] executors = [new LedgerExecutor("command", process, Ledger, outcome), new LedgerExecutor("verify", process, Ledger, outcome)];
        var jobs = new RunJobFactory(
            grains, new RunChecks(grains), new StepRunner(executors, Clock, NullLogger<StepRunner>.Instance), Clock, NullLogger<RunJob>.Instance);
        while (!process.Death.IsCompleted && _offers.TryDequeue(out var offer))
        {
            worked = true;
            var job = jobs.Create(offer, workerId).ExecuteAsync(CancellationToken.None, CancellationToken.None);
            await Task.WhenAny(job, process.Death);
            if (!process.Death.IsCompleted)
                await job;
        }

        return worked;
    }
}
