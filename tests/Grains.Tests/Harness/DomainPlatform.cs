using AwoooP.Alerts;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Grains.Tests.Contracts;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Retention;
using AwoooP.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>The whole domain: all grains, with all reactions and subscriptions as they are registered.</summary>
internal sealed class DomainPlatform : GrainHarness
{
    private readonly OfferedRuns _offers;
    private readonly IReaction[] _reactions;
    private readonly ISubscription[] _subscriptions;
    private long _intakeSeq;

    /// <param name="channel">Where people are told of everything; nobody is told unless given.</param>
    public DomainPlatform(
        IJournal? journal = null, InMemoryJournal? memory = null, EventCatalog? events = null, INotificationChannel? channel = null, IContractKeys? keys = null)
        : this(new OfferedRuns(), journal, memory, events, channel, keys)
    {
    }

    private DomainPlatform(
        OfferedRuns offers, IJournal? journal, InMemoryJournal? memory, EventCatalog? events, INotificationChannel? channel, IContractKeys? keys)
        : base(services => Configure(services, offers, channel, keys ?? new SigningKeys()), memory, journal, events)
    {
        _offers = offers;
        Ledger = new EffectLedger(Journal);
        _reactions = [.. Services.GetServices<IReaction>()];
        _subscriptions = [.. Services.GetServices<ISubscription>()];
    }

    public IGrainFactory Grains => Engine;

    public EffectLedger Ledger { get; }

    public ScriptedRemoval Removal => (ScriptedRemoval)Services.GetRequiredService<IRowRemoval>();

    public IEnumerable<string> EventTypes => Journal.Events.Select(recorded => recorded.Type);

    /// <summary>One request of a sender, worked off twice: at least once is what intake promises.</summary>
    public async Task IntakeAsync(AlertBatch batch)
    {
        var payload = JsonBytes.Serialize(batch, AlertBatchJson.Default.AlertBatch);
        var record = new IntakeRecord(3, ++_intakeSeq, Project, AlertBatch.IntakeKind, payload, Now, null);
        var consumer = Services.GetServices<IIntakeConsumer>().Single(consumer => consumer.Kind == record.Kind);
        await consumer.ConsumeAsync([record], CancellationToken.None);
        await consumer.ConsumeAsync([record], CancellationToken.None);
    }

    /// <summary>Delivers everything until nothing new comes of it.</summary>
    /// <param name="without">The name of a reaction that lags: it gets nothing this time.</param>
    public async Task SettleAsync(string? without = null)
    {
        bool delivered;
        do
        {
            delivered = false;
            foreach (var subscription in _subscriptions)
            {
                delivered |= await DeliverAsync(
                    subscription.Name,
                    subscription.EventTypes,
                    recorded => subscription.DeliverAsync(Project, recorded.Position.Partition, [recorded], CancellationToken.None));
            }

            delivered |= await DeliverOnceAsync(_reactions.Where(reaction => reaction.Name != without));
        }
        while (delivered);
    }

    /// <summary>Delivers everything, fires what is due, and lets the worker work on what was offered, until nothing more happens at this time.</summary>
    /// <param name="outcome">How a step ends; well, when it is null.</param>
    public async Task WorkAsync(Func<RepairStep, StepOutcome>? outcome = null)
    {
        var worker = new OfferedWork(Engine, _offers, Ledger, Clock);
        do
        {
            await SettleAsync();
        }
        while (await FireDueWakesAsync() | await worker.TakeAsync(new WorkerLife(), "worker:1", outcome));
    }

    public async Task<string> ActivatePlaybookAsync(PlaybookDefinition definition, string id = "PB-20260115-ABCDEF")
    {
        var playbook = Grains.GetGrain<IPlaybookGrain>($"{Project}/{id}");
        await AcceptedAsync("ann", token => playbook.CreateAsync(new CreatePlaybook(definition, PlaybookSource.Human), token));
        await AcceptedAsync("ben", token => playbook.ApproveAsync(new ApprovePlaybook(), token));
        await AcceptedAsync("ben", token => playbook.ActivateAsync(new ActivatePlaybook(), token));
        await SettleAsync();
        return id;
    }

    private static void Configure(IServiceCollection services, OfferedRuns offers, INotificationChannel? channel, IContractKeys keys)
    {
        var settings = new ConfigurationBuilder();
        if (channel is not null)
        {
            settings.AddInMemoryCollection([new("Notifications:Routes:0:Recipient", "ops")]);
            services.AddSingleton(channel);
        }

        services.AddSingleton<IConfiguration>(settings.Build());
        services.AddGrainServices();
        services.AddSingleton<IRunOffers>(offers);
        services.AddSingleton(keys);
        services.AddSingleton<IRowRemoval>(new ScriptedRemoval());
    }
}
