using AwoooP.Aggregates;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>One command of a random history, and how much time passes before it.</summary>
internal sealed class Move<TState, TEvent>(TimeSpan after, string command, Func<TState, DateTimeOffset, Decision<TEvent>> decide)
    where TEvent : class
{
    private const int MostPrinted = 240;

    public TimeSpan After => after;

    public Decision<TEvent> Decide(TState state, DateTimeOffset now) => decide(state, now);

    /// <summary>What a failing history is printed as.</summary>
    public override string ToString() => $"+{after} {(command.Length > MostPrinted ? command[..MostPrinted] + " ..." : command)}";
}
