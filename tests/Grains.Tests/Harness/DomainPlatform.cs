using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>All real grains in the embedded engine, with all reactions and subscriptions, over a journal in memory. Nothing runs by itself.</summary>
internal sealed class DomainPlatform : IAsyncDisposable, IDurableClock
{
    public const string Project = "shop";

    private readonly ServiceProvider _services;
    private readonly IReaction[] _reactions;
    private readonly ISubscription[] _subscriptions;
    private readonly Dictionary<string, int> _cursors = [];
    private readonly InMemoryJournal _memory;
    private long _intakeSeq;

    public DomainPlatform(IJournal? journal = null, InMemoryJournal? memory = null)
    {
        _memory = memory ?? new InMemoryJournal();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IDurableClock>(this);
        services.AddSingleton(journal ?? _memory);
        services.AddGrainServices();
        services.AddEmbeddedEngine();
        services.AddGrains(typeof(Run).Assembly);
        _services = services.BuildServiceProvider();
        Grains = _services.GetRequiredService<IGrainFactory>();
        _reactions = [.. _services.GetServices<IReaction>()];
        _subscriptions = [.. _services.GetServices<ISubscription>()];
    }

    public FakeClock Clock { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public IGrainFactory Grains { get; }

    public IReadOnlyList<RecordedEvent> Events => _memory.Events;

    public IEnumerable<string> EventTypes => Events.Select(recorded => recorded.Type);

    public async Task<T> AsAsync<T>(string actor, Func<CancellationToken, Task<T>> call, Guid? commandId = null, long? expectedVersion = null)
    {
        CallContext.Current = new CallContext { ProjectId = Project, Actor = actor, CommandId = commandId, ExpectedVersion = expectedVersion };
        return await call(CancellationToken.None);
    }

    public async Task AcceptedAsync(string actor, Func<CancellationToken, Task<CommandResult>> call) => (await AsAsync(actor, call)).Refusal.ShouldBeNull();

    /// <summary>One request of a sender, worked off twice: at least once is what intake promises.</summary>
    public async Task IntakeAsync(AlertBatch batch)
    {
        var payload = JsonBytes.Serialize(batch, AlertBatchJson.Default.AlertBatch);
        var record = new IntakeRecord(3, ++_intakeSeq, Project, AlertBatch.IntakeKind, payload, Now, null);
        var consumer = _services.GetServices<IIntakeConsumer>().Single(consumer => consumer.Kind == record.Kind);
        await consumer.ConsumeAsync([record], CancellationToken.None);
        await consumer.ConsumeAsync([record], CancellationToken.None);
    }

    public async Task FireDueWakesAsync()
    {
        foreach (var (id, name, dueAt, _) in _memory.Wakes.Where(wake => wake.DueAt <= Now).ToList())
            await _services.GetRequiredService<IWakeTarget>().WakeAsync(id, name, dueAt, CancellationToken.None);
    }

    /// <summary>Delivers everything, each event twice, until nothing new comes of it.</summary>
    /// <param name="without">The name of a reaction that lags: it gets nothing this time.</param>
    public async Task SettleAsync(string? without = null)
    {
        bool delivered;
        do
        {
            delivered = false;
            foreach (var subscription in _subscriptions)
                delivered |= await DeliverAsync(subscription.Name, subscription.EventTypes, recorded => subscription.DeliverAsync(Project, recorded.Position.Partition, [recorded], CancellationToken.None));
            foreach (var reaction in _reactions.Where(reaction => reaction.Name != without))
                delivered |= await DeliverAsync(reaction.Name, reaction.EventTypes, recorded => reaction.ReactAsync(recorded, CancellationToken.None));
        }
        while (delivered);
    }

    public async Task<string> ActivatePlaybookAsync(PlaybookDefinition definition)
    {
        const string Id = "PB-20260115-ABCDEF";
        var playbook = Grains.GetGrain<IPlaybookGrain>($"{Project}/{Id}");
        await AcceptedAsync("ann", token => playbook.CreateAsync(new CreatePlaybook(definition, PlaybookSource.Human), token));
        await AcceptedAsync("ben", token => playbook.ApproveAsync(new ApprovePlaybook(), token));
        await AcceptedAsync("ben", token => playbook.ActivateAsync(new ActivatePlaybook(), token));
        await SettleAsync();
        return Id;
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task<bool> DeliverAsync(string name, IReadOnlySet<string> types, Func<RecordedEvent, ValueTask> deliver)
    {
        var events = Events;
        var any = false;
        for (var i = _cursors.GetValueOrDefault(name); i < events.Count; i++)
        {
            _cursors[name] = i + 1;
            if (!types.Contains(events[i].Type))
                continue;
            any = true;
            await deliver(events[i]);
            await deliver(events[i]);
        }

        return any;
    }
}
