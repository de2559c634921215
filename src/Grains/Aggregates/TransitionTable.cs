using System.Collections.Frozen;
using System.Text;
using AwoooP.Commands;
using AwoooP.Events;

namespace AwoooP.Aggregates;

/// <summary>
/// The state machine of an aggregate as data, declared once. Decisions, the diagram in the docs and the actions that the API offers all read it.
/// The state <c>default</c> (None) means that the aggregate does not exist yet.
/// </summary>
public sealed class TransitionTable<TState, TTrigger, TFacts>
    where TState : struct, Enum
    where TTrigger : struct, Enum
{
    private readonly string _subject;
    private readonly Transition<TState, TTrigger, TFacts>[] _rows;
    private readonly FrozenDictionary<(TState, TTrigger), Transition<TState, TTrigger, TFacts>[]> _rules;
    private readonly FrozenDictionary<TState, string[]> _legal;

    /// <param name="subject">What the states are of, for messages: <c>incident</c>.</param>
    /// <param name="rows">Where all rows of a state and trigger are guarded, the first guard says why none is open.</param>
    public TransitionTable(string subject, IEnumerable<Transition<TState, TTrigger, TFacts>> rows)
    {
        _subject = subject;
        _rows = [.. rows];
        _rules = _rows.GroupBy(row => (row.From, row.On)).ToFrozenDictionary(rule => rule.Key, rule => rule.ToArray());
        foreach (var (pair, rule) in _rules)
        {
            if (Array.TrueForAll(rule, row => row.When is not null) && rule[0].When!.Refusal is null)
                throw new ArgumentException($"Nothing says why {pair} is refused.", nameof(rows));
        }

        _legal = Enum.GetValues<TState>().ToFrozenDictionary(
            state => state,
            state => _rows.Where(row => Same(row.From, state)).Select(row => Literal.Of(row.On)).Distinct().ToArray());
    }

    public IReadOnlyList<Transition<TState, TTrigger, TFacts>> Rows => _rows;

    /// <summary>Where the trigger leads from the state, or a refusal that names the state, the trigger and what is legal.</summary>
    public Verdict<TState> Decide(TState state, TTrigger trigger, TFacts facts)
    {
        if (!_rules.TryGetValue((state, trigger), out var rule))
            return new(state, Illegal(state, trigger));

        foreach (var row in rule)
        {
            if (row.When is null || row.When.Holds(facts))
                return new(row.To, null);
        }

        return new(state, rule[0].When!.Refusal! with { Legal = _legal[state] });
    }

    /// <summary>Which of the triggers are open now, as snake_case names: what the API offers and the console shows as buttons.</summary>
    public IReadOnlyList<string> AvailableActions(TState state, TFacts facts, IEnumerable<TTrigger> among) =>
        [.. among.Where(trigger => Decide(state, trigger, facts).Refusal is null).Select(Literal.Of)];

    /// <summary>Every trigger that the state knows, guarded or not, as snake_case names.</summary>
    public IReadOnlyList<string> LegalTriggers(TState state) => _legal[state];

    /// <summary>The table as a mermaid state diagram.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        foreach (var row in _rows)
        {
            text.Append("    ").Append(Node(row.From)).Append(" --> ").Append(Node(row.To)).Append(": ").Append(Literal.Of(row.On));
            if (row.When is not null)
                text.Append(" [").Append(row.When.Name).Append(']');
            text.Append('\n');
        }

        foreach (var state in Enum.GetValues<TState>().Where(IsFinal))
            text.Append("    ").Append(Literal.Of(state)).Append(" --> [*]\n");
        return text.ToString();
    }

    /// <summary>A state that rows lead to and no row leads away from.</summary>
    private bool IsFinal(TState state) =>
        Array.Exists(_rows, row => Same(row.To, state)) && !Array.Exists(_rows, row => Same(row.From, state) && !Same(row.To, state));

    private static bool Same(TState left, TState right) => EqualityComparer<TState>.Default.Equals(left, right);

    private Refusal Illegal(TState state, TTrigger trigger) => IsNone(state)
        ? new(RefusalKind.NotFound, $"{_subject}_not_found", $"There is no such {_subject}.", _legal[state])
        : new(
            RefusalKind.IllegalTransition,
            "illegal_transition",
            $"The {_subject} is {Literal.Of(state)}: {Literal.Of(trigger)} is not possible; {Listed(_legal[state])}.",
            _legal[state]);

    private static string Listed(string[] legal) => legal.Length == 0 ? "nothing is" : $"possible: {string.Join(", ", legal)}";

    private static string Node(TState state) => IsNone(state) ? "[*]" : Literal.Of(state);

    private static bool IsNone(TState state) => Same(state, default);
}
