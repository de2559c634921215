namespace AwoooP.Aggregates;

/// <summary>One row of a transition table. Of several rows for one state and trigger, the first whose guard holds is taken.</summary>
public sealed record Transition<TState, TTrigger, TFacts>(TState From, TTrigger On, TState To, Guard<TFacts>? When = null)
    where TState : struct, Enum
    where TTrigger : struct, Enum;
