using System.Collections.Immutable;
using AwoooP.Commands;
using AwoooP.Journal;

namespace AwoooP.Aggregates;

/// <summary>
/// What a pure core decides on a command: events, with the wake-ups and claims that change in the same commit, or a refusal.
/// No events means: accepted, and nothing is to be written.
/// </summary>
public sealed record Decision<TEvent>
    where TEvent : class
{
    public static Decision<TEvent> Nothing { get; } = new();

    public ImmutableArray<TEvent> Events { get; private init; } = [];

    public ImmutableArray<WakeChange> Wakes { get; private init; } = [];

    public ImmutableArray<ClaimRequest> Claims { get; private init; } = [];

    public Refusal? Refusal { get; private init; }

    public static Decision<TEvent> Of(params ReadOnlySpan<TEvent> events) => new() { Events = [.. events] };

    public static Decision<TEvent> Refuse(Refusal refusal) => new() { Refusal = refusal };

    public static implicit operator Decision<TEvent>(TEvent @event) => Of(@event);

    public static implicit operator Decision<TEvent>(Refusal refusal) => Refuse(refusal);

    public Decision<TEvent> And(TEvent @event) => this with { Events = Events.Add(@event) };

    /// <summary>Sets the named wake-up; it fires at least once.</summary>
    public Decision<TEvent> WakeAt(string name, DateTimeOffset dueAt, TimeSpan? period = null) => this with { Wakes = Wakes.Add(new(name, dueAt, period)) };

    public Decision<TEvent> ClearWake(string name) => this with { Wakes = Wakes.Add(new(name, null)) };

    /// <summary>Takes a name that is unique within the tenant; when another aggregate holds it, nothing is written and <paramref name="whenTaken"/> is the answer.</summary>
    public Decision<TEvent> Claim(string kind, string key, Refusal whenTaken) => this with { Claims = Claims.Add(new(new(kind, key), whenTaken)) };

    public Decision<TEvent> Release(string kind, string key) => this with { Claims = Claims.Add(new(new(kind, key, Release: true), null)) };
}

/// <summary>A claim to take or give back, and what to answer when it is taken.</summary>
public readonly record struct ClaimRequest(ClaimChange Change, Refusal? WhenTaken);
