using AwoooP.Commands;

namespace AwoooP.Aggregates;

/// <summary>A named condition of a transition. Pure: it sees the facts and nothing else.</summary>
/// <param name="Name">Stable snake_case; shown in the diagram, and the refusal's code when it does not hold.</param>
/// <param name="Message">One sentence for a person: why the transition was refused.</param>
public sealed record Guard<TFacts>(string Name, Func<TFacts, bool> Holds, string Message, RefusalKind Kind = RefusalKind.IllegalTransition);

/// <summary>The facts of a table that has no guards.</summary>
public readonly record struct NoFacts;
