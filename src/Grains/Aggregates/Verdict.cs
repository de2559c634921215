using System.Diagnostics.CodeAnalysis;
using AwoooP.Commands;

namespace AwoooP.Aggregates;

/// <summary>What a transition table answers: where the trigger leads, or why it is refused.</summary>
public readonly record struct Verdict<TState>(TState Target, Refusal? Refusal)
    where TState : struct, Enum
{
    public bool IsRefused([NotNullWhen(true)] out Refusal? refusal)
    {
        refusal = Refusal;
        return refusal is not null;
    }
}
