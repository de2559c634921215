using AwoooP.Aggregates;
using AwoooP.Events;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Compares a transition table, for every state, trigger and set of facts, with an expectation that was written by hand.</summary>
internal static class TableCheck
{
    /// <param name="expected">One line a state: <c>state: trigger=target trigger=target</c>; what is not named must be refused.</param>
    public static void Holds<TState, TTrigger, TFacts>(TransitionTable<TState, TTrigger, TFacts> table, TFacts facts, string expected)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var lines = expected.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToDictionary(
                line => line[..line.IndexOf(':')],
                line => line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]));
        foreach (var state in Enum.GetValues<TState>())
        {
            var legal = lines.GetValueOrDefault(Literal.Of(state)) ?? [];
            foreach (var trigger in Enum.GetValues<TTrigger>())
            {
                var verdict = table.Decide(state, trigger, facts);
                var answer = verdict.Refusal is null ? Literal.Of(verdict.Target) : "refused";
                answer.ShouldBe(legal.GetValueOrDefault(Literal.Of(trigger)) ?? "refused", $"{Literal.Of(state)} on {Literal.Of(trigger)}");
                if (verdict.Refusal is { Code: "illegal_transition" } refusal)
                {
                    refusal.Message.ShouldContain(Literal.Of(state));
                    refusal.Message.ShouldContain(Literal.Of(trigger));
                    refusal.Legal.ShouldBe(table.LegalTriggers(state));
                }
            }
        }
    }
}
