using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Grains.Tests.Engines;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Runs;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>
/// The real grains in the engine of this build, over a journal in memory, on a clock that stands still. Nothing runs by itself:
/// a test says when wake-ups fire and events are delivered, and each event is delivered twice, since at least once is what delivery promises.
/// </summary>
internal abstract class GrainHarness : IAsyncDisposable, IDurableClock
{
    public const string Project = Plans.Project;

    private readonly Dictionary<string, int> _cursors = [];

    /// <param name="journal">What the grains write to, when it is not the memory itself.</param>
    /// <param name="events">The event types, when they are not those of this build.</param>
    protected GrainHarness(Action<IServiceCollection> configure, InMemoryJournal? memory = null, IJournal? journal = null, EventCatalog? events = null)
    {
        Journal = memory ?? new InMemoryJournal();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IDurableClock>(this);
        services.AddSingleton(journal ?? Journal);
        services.AddSingleton(events ?? EventCatalog.Default);
        configure(services);
        TestEngine.AddTo(services, typeof(Run).Assembly);
        Services = services.BuildServiceProvider();
        Engine = TestEngine.Start(Services);
    }

    public FakeClock Clock { get; } = new();

    public InMemoryJournal Journal { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    protected ServiceProvider Services { get; }

    protected IGrainFactory Engine { get; }

    /// <summary>Calls as someone of the project, outside of any reaction.</summary>
    public async Task<T> AsAsync<T>(string actor, Func<CancellationToken, Task<T>> call, Guid? commandId = null, long? expectedVersion = null)
    {
        CallContext.Current = new CallContext { ProjectId = Project, Actor = actor, CommandId = commandId, ExpectedVersion = expectedVersion };
        return await call(CancellationToken.None);
    }

    public async Task AcceptedAsync(string actor, Func<CancellationToken, Task<CommandResult>> call) => (await AsAsync(actor, call)).Refusal.ShouldBeNull();

    public Task AcceptedAsync<TCommand>(Func<TCommand, CancellationToken, Task<CommandResult>> send, TCommand command) =>
        AcceptedAsync("test", token => send(command, token));

    /// <returns>Whether any was due.</returns>
    public async Task<bool> FireDueWakesAsync()
    {
        var target = new WakeTarget(Engine);
        var due = Journal.Wakes.Where(wake => wake.DueAt <= Now).ToList();
        foreach (var (id, name, dueAt, _) in due)
        {
            await target.WakeAsync(id, name, dueAt, CancellationToken.None);
            Journal.AdvancePeriodic(id, name, dueAt, Now);
        }

        return due.Count > 0;
    }

    /// <summary>Delivers everything until nothing new comes of it.</summary>
    public async Task DeliverAsync(params IReadOnlyList<IReaction> reactions)
    {
        while (await DeliverOnceAsync(reactions))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await TestEngine.StopAsync(Services);
        await Services.DisposeAsync();
    }

    /// <returns>Whether there was anything to deliver.</returns>
    protected async Task<bool> DeliverOnceAsync(IEnumerable<IReaction> reactions)
    {
        var delivered = false;
        foreach (var reaction in reactions)
            delivered |= await DeliverAsync(reaction.Name, reaction.EventTypes, recorded => reaction.ReactAsync(recorded, CancellationToken.None));
        return delivered;
    }

    /// <returns>Whether there was anything to deliver.</returns>
    protected async Task<bool> DeliverAsync(string consumer, IReadOnlySet<string> types, Func<RecordedEvent, ValueTask> deliver)
    {
        var events = Journal.Events;
        var first = _cursors.GetValueOrDefault(consumer);
        _cursors[consumer] = events.Count;
        var wanted = events.Skip(first).Where(recorded => types.Contains(recorded.Type)).ToList();
        foreach (var recorded in wanted)
        {
            await deliver(recorded);
            await deliver(recorded);
        }

        return wanted.Count > 0;
    }
}
