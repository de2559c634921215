using AwoooP.Runtime.Calls;

namespace AwoooP.Runtime.Activations;

/// <summary>The mailbox: a list through the turns themselves, oldest first.</summary>
internal struct WaitingTurns
{
    private Turn? _last;

    public Turn? First { get; private set; }

    public int Count { get; private set; }

    public void Append(Turn turn)
    {
        turn.NextWaiting = null;
        if (_last is null)
            First = turn;
        else
            _last.NextWaiting = turn;
        _last = turn;
        Count++;
    }

    public Turn RemoveFirst()
    {
        var first = First!;
        First = first.NextWaiting;
        if (First is null)
            _last = null;
        first.NextWaiting = null;
        Count--;
        return first;
    }

    /// <summary>The calls among them, whose activation is not theirs any more, look for their grain anew. Not at once: its gate is held.</summary>
    public readonly void DeliverAgain()
    {
        if (Count > 0)
            ThreadPool.UnsafeQueueUserWorkItem(static waiting => Deliver(waiting), this, preferLocal: false);
    }

    /// <summary>Takes out those that match, in their order.</summary>
    public WaitingTurns Extract<TState>(TState state, Func<TState, Turn, bool> match)
    {
        var kept = default(WaitingTurns);
        var taken = default(WaitingTurns);
        while (Count > 0)
        {
            var turn = RemoveFirst();
            if (match(state, turn))
                taken.Append(turn);
            else
                kept.Append(turn);
        }

        this = kept;
        return taken;
    }

    private static void Deliver(WaitingTurns waiting)
    {
        while (waiting.Count > 0)
        {
            if (waiting.RemoveFirst() is not Request { IsAnswered: false } request)
                continue;
            request.Target = null;
            request.DeliverAgain();
        }
    }
}
