using AwoooP.Commands;

namespace AwoooP.Aggregates;

/// <summary>A named condition of a transition. Pure: it sees the facts and nothing else.</summary>
/// <param name="Name">What holds when the transition is open, in snake_case: the diagram shows it.</param>
/// <param name="Refusal">The answer when it does not hold and no other row is open; null for a guard that only chooses between rows.</param>
public sealed record Guard<TFacts>(string Name, Func<TFacts, bool> Holds, Refusal? Refusal = null)
{
    /// <param name="name">What holds when the transition is open.</param>
    /// <param name="holds">Whether it does.</param>
    /// <param name="code">The refusal's stable code: what stands in the way.</param>
    /// <param name="message">One sentence for a person: why the transition was refused.</param>
    /// <param name="kind">The family of the refusal.</param>
    public Guard(string name, Func<TFacts, bool> holds, string code, string message, RefusalKind kind = RefusalKind.IllegalTransition)
        : this(name, holds, new Refusal(kind, code, message))
    {
    }
}

/// <summary>The facts of a table that has no guards.</summary>
public readonly record struct NoFacts;
