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
    private readonly TTrigger[] _actions;

    /// <param name="subject">What the states are of, for messages: <c>incident</c>.</param>
    /// <param name="rows">Where all rows of a state and trigger are guarded, the first guard says why none is open.</param>
    /// <param name="actions">What people may ask for, in the order of the buttons; the other triggers are the platform's own and are offered to nobody.</param>
    public TransitionTable(string subject, IEnumerable<Transition<TState, TTrigger, TFacts>> rows, params ReadOnlySpan<TTrigger> actions)
    {
        _subject = subject;
        _actions = actions.ToArray();
        _rows = [.. rows];
        _rules = _rows.GroupBy(row => (row.From, row.On)).ToFrozenDictionary(rule => rule.Key, rule => rule.ToArray());
        foreach (var (pair, rule) in _rules)
        {
            if (Array.TrueForAll(rule, row => row.When is not null) && rule[0].When!.Refusal is null)
                throw new ArgumentException($"Nothing says why {pair} is refused.", nameof(rows));
        }
    }

    public IReadOnlyList<Transition<TState, TTrigger, TFacts>> Rows => _rows;

    /// <summary>Where the trigger leads from the state, or a refusal that names the state, the trigger and what people may do instead.</summary>
    public Verdict<TState> Decide(TState state, TTrigger trigger, TFacts facts)
    {
        if (OpenRow(state, trigger, facts) is { } open)
            return new(open.To, null);

        return new(state, _rules.TryGetValue((state, trigger), out var rule)
            ? rule[0].When!.Refusal! with { Legal = AvailableActions(state, facts) }
            : Illegal(state, trigger, facts));
    }

    /// <summary>What people may ask for now, as snake_case names: what the API offers, a refusal names and the console shows as buttons.</summary>
    public IReadOnlyList<string> AvailableActions(TState state, TFacts facts) =>
        [.. _actions.Where(action => OpenRow(state, action, facts) is not null).Select(Literal.Of)];

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

    private Transition<TState, TTrigger, TFacts>? OpenRow(TState state, TTrigger trigger, TFacts facts) =>
        _rules.TryGetValue((state, trigger), out var rule) ? Array.Find(rule, row => row.When is null || row.When.Holds(facts)) : null;

    private Refusal Illegal(TState state, TTrigger trigger, TFacts facts)
    {
        if (IsNone(state))
            return new(RefusalKind.NotFound, $"{_subject}_not_found", $"There is no such {_subject}.");

        var possible = AvailableActions(state, facts);
        return new(
            RefusalKind.IllegalTransition,
            "illegal_transition",
            $"The {_subject} is {Literal.Of(state)}: {Literal.Of(trigger)} is not possible; {Listed(possible)}.",
            possible);
    }

    private static string Listed(IReadOnlyList<string> possible) => possible.Count == 0 ? "nothing is" : $"possible: {string.Join(", ", possible)}";

    private static string Node(TState state) => IsNone(state) ? "[*]" : Literal.Of(state);

    private static bool IsNone(TState state) => Same(state, default);
}
