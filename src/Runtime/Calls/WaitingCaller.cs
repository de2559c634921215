namespace AwoooP.Runtime.Calls;

/// <summary>A turn, of any silo, that waits for a call.</summary>
/// <param name="TurnId">See <see cref="Turn.Id"/>.</param>
/// <param name="Description">As <c>type/key.Method</c>.</param>
internal readonly record struct WaitingCaller(long TurnId, string Description)
{
    /// <summary>A chain of calls deeper than this is followed no further; the time-out ends what it might hide.</summary>
    public const int MaxDepth = 32;

    /// <summary>Those that wait for the call over any number of calls, the nearest first.</summary>
    public static IReadOnlyList<WaitingCaller> Of(Request call)
    {
        if (call.Caller is null || call.Call.Method.IsOneWay)
            return call.Ancestors;
        var callers = new List<WaitingCaller>();
        var waiting = call;
        for (var turn = call.Caller; turn is not null && callers.Count < MaxDepth; turn = waiting?.Caller)
        {
            callers.Add(new WaitingCaller(turn.Id, turn.Describe()));
            waiting = turn as Request;
        }

        if (waiting is not null)
            callers.AddRange(waiting.Ancestors.Take(MaxDepth - callers.Count));
        return callers;
    }

    /// <summary>Those of them whose calls came from another silo.</summary>
    public static IReadOnlyList<WaitingCaller> BeyondThisSilo(Request call)
    {
        while (call.Caller is Request caller)
            call = caller;
        return call.Ancestors;
    }
}
