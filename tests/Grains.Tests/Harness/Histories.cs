using AwoooP.Aggregates;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>
/// Random histories of an aggregate, the same ones in every run, so that a failure is that of a change. One that breaks an invariant is made as short as it
/// can be before it is printed.
/// </summary>
internal static class Histories
{
    private const int Count = 250;
    private const int MostMoves = 60;
    private static readonly Replay Seed = new(new Rnd(20260115, 1), FSharpOption<int>.None);

    /// <param name="first">What most histories begin with.</param>
    /// <param name="check">Called after every move.</param>
    public static void Hold<TState, TEvent>(Gen<Move<TState, TEvent>> first, Gen<Move<TState, TEvent>> moves, Action<History<TState, TEvent>> check)
        where TState : class, IAggregateState<TState, TEvent>
        where TEvent : class
    {
        var histories =
            from begin in Gen.Frequency((9, first), (1, moves))
            from length in Gen.Choose(1, MostMoves)
            from rest in moves.ArrayOf(length)
            select (Move<TState, TEvent>[])[begin, .. rest];
        var config = Config.QuickThrowOnFailure.WithMaxTest(Count).WithQuietOnSuccess(true).WithReplay(FSharpOption<Replay>.Some(Seed));

        Check.One(config, Prop.ForAll(Arb.From(histories, Shorter), history => Play(history, check)));
    }

    public static Gen<Move<TState, TEvent>> Move<TState, TEvent, TCommand>(
        this Gen<TCommand> commands, Func<TState, TCommand, DateTimeOffset, Decision<TEvent>> decide, params int[] minutes)
        where TEvent : class =>
        from command in commands
        from after in Gen.Elements(minutes.Length == 0 ? [0] : minutes)
        select new Move<TState, TEvent>(TimeSpan.FromMinutes(after), $"{command}", (state, now) => decide(state, command, now));

    private static void Play<TState, TEvent>(Move<TState, TEvent>[] moves, Action<History<TState, TEvent>> check)
        where TState : class, IAggregateState<TState, TEvent>
        where TEvent : class
    {
        var history = new History<TState, TEvent>();
        foreach (var move in moves)
        {
            history.Play(move);
            check(history);
        }
    }

    /// <summary>Without one half, or without one move.</summary>
    private static IEnumerable<T[]> Shorter<T>(T[] moves)
    {
        if (moves.Length < 2)
            yield break;

        yield return moves[..(moves.Length / 2)];
        yield return moves[(moves.Length / 2)..];
        for (var i = 0; i < moves.Length; i++)
            yield return [.. moves[..i], .. moves[(i + 1)..]];
    }
}
