using System.Text;
using System.Text.Json;
using AwoooP.Aggregates;
using AwoooP.Events;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>
/// An aggregate told move by move on its pure core, with the wake-ups and claims that its commits leave behind. After every move it checks what holds for
/// all aggregates: the decision is the same on a state that was stored and read back, a refusal changes nothing, and the state is the fold of the events
/// as the log holds them.
/// </summary>
internal sealed class History<TState, TEvent>
    where TState : class, IAggregateState<TState, TEvent>
    where TEvent : class
{
    private readonly List<TEvent> _events = [];
    private TState _restored = TState.Initial;

    public TState Before { get; private set; } = TState.Initial;

    public TState State { get; private set; } = TState.Initial;

    public Decision<TEvent> Decision { get; private set; } = Decision<TEvent>.Nothing;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TEvent> Events => _events;

    public HashSet<string> Wakes { get; } = [];

    public HashSet<string> Claims { get; } = [];

    public void Play(Move<TState, TEvent> move)
    {
        Now += move.After;
        Before = State;
        Decision = move.Decide(State, Now);
        move.Decide(_restored, Now).ShouldBeAlike(Decision);

        if (Decision.Refusal is not null)
            Decision.Events.ShouldBeEmpty();
        if (Decision.Events.IsEmpty)
        {
            Decision.Wakes.ShouldBeEmpty();
            Decision.Claims.ShouldBeEmpty();
            return;
        }

        foreach (var raised in Decision.Events)
            Apply(raised);
        Restore();
        Leave();
    }

    private void Apply(TEvent raised)
    {
        var type = EventCatalog.Default.Of(raised);
        var stored = (TEvent)type.Decode(type.Version, type.Encode(raised).Span);
        stored.ShouldBeAlike(raised);
        State = State.Apply(raised, Now);
        _restored = _restored.Apply(stored, Now);
        _events.Add(raised);
    }

    private void Restore()
    {
        var snapshot = JsonBytes.Serialize(State, TState.Json);
        Encoding.UTF8.GetString(JsonBytes.Serialize(_restored, TState.Json)).ShouldBe(Encoding.UTF8.GetString(snapshot));
        _restored = JsonSerializer.Deserialize(snapshot, TState.Json)!;
    }

    private void Leave()
    {
        foreach (var wake in Decision.Wakes)
        {
            if (wake.DueAt is null)
                Wakes.Remove(wake.Name);
            else
                Wakes.Add(wake.Name);
        }

        foreach (var (change, _) in Decision.Claims)
        {
            var name = $"{change.Kind}/{change.Key}";
            (change.Release ? Claims.Remove(name) : Claims.Add(name)).ShouldBeTrue(name);
        }
    }
}
