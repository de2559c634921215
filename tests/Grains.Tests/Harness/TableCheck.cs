using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Events;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Compares a transition table, for every state and trigger, with an expectation that was written by hand.</summary>
internal static class TableCheck
{
    private const string Refused = "refused";

    /// <param name="facts">What the guards look at.</param>
    /// <param name="expectations">
    /// Lines <c>state: trigger -> target</c>; what no line names must be refused. Of several lines for one state and trigger the last counts,
    /// so that an expectation can be written as what differs from another one, <c>refused</c> included.
    /// </param>
    public static void Holds<TState, TTrigger, TFacts>(
        TransitionTable<TState, TTrigger, TFacts> table, TFacts facts, params IEnumerable<string> expectations)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var expected = new Dictionary<(TState, TTrigger), string>();
        foreach (var words in expectations.SelectMany(Lines).Select(line => line.Split([":", "->"], StringSplitOptions.TrimEntries)))
            expected[(Literal.To<TState>(words[0]), Literal.To<TTrigger>(words[1]))] = words[2];

        foreach (var state in Enum.GetValues<TState>())
        {
            foreach (var trigger in Enum.GetValues<TTrigger>())
            {
                var where = $"{Literal.Of(state)} on {Literal.Of(trigger)}";
                var verdict = table.Decide(state, trigger, facts);
                (verdict.IsRefused(out var refusal) ? Refused : Literal.Of(verdict.Target)).ShouldBe(expected.GetValueOrDefault((state, trigger), Refused), where);
                if (refusal is not null)
                    Check(table, state, trigger, facts, refusal, where);
            }
        }
    }

    /// <summary>Every way of the table is one that the platform decided on.</summary>
    /// <param name="ways">Lines <c>state: target target</c>.</param>
    public static void StaysWithin<TState, TTrigger, TFacts>(TransitionTable<TState, TTrigger, TFacts> table, string ways)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var decided = Lines(ways).Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(words => words.Skip(1).Select(target => (words[0], target)));

        table.Rows.Where(row => !row.From.Equals(row.To)).Select(row => (Literal.Of(row.From), Literal.Of(row.To))).Distinct().ShouldBeSubsetOf(decided);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A refusal says what people may do; one that no guard gave says that the thing is missing, or names the state and the trigger.</summary>
    private static void Check<TState, TTrigger, TFacts>(
        TransitionTable<TState, TTrigger, TFacts> table, TState state, TTrigger trigger, TFacts facts, Refusal refusal, string where)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        if (table.Rows.Any(row => row.From.Equals(state) && row.On.Equals(trigger)))
        {
            refusal.Code.ShouldNotBe("illegal_transition", where);
            refusal.Legal.ShouldBe(table.AvailableActions(state, facts), where);
        }
        else if (EqualityComparer<TState>.Default.Equals(state, default))
        {
            refusal.Legal.ShouldBeNull(where);
            refusal.Kind.ShouldBe(RefusalKind.NotFound, where);
            refusal.Code.ShouldEndWith("_not_found", Case.Sensitive, where);
        }
        else
        {
            refusal.Legal.ShouldBe(table.AvailableActions(state, facts), where);
            refusal.Kind.ShouldBe(RefusalKind.IllegalTransition, where);
            refusal.Code.ShouldBe("illegal_transition", where);
            refusal.Message.ShouldContain(Literal.Of(state), Case.Sensitive, where);
            refusal.Message.ShouldContain(Literal.Of(trigger), Case.Sensitive, where);
        }
    }
}
