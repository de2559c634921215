using AwoooP.Runtime.Activations;

namespace AwoooP.Runtime.Calls;

/// <summary>
/// Finds out whether a call that has to wait would wait for itself. Nodes are running turns; a turn waits for the calls it
/// has made and got no answer to, and such a call for the turn that runs it or, in a mailbox, for the turns that keep it
/// there. So two branches of a fan-out that meet at one grain are no cycle, and two unrelated chains that hold each
/// other's grains are one.
/// </summary>
internal sealed class WaitGraph
{
    private readonly Turn? _caller;
    private readonly IReadOnlyList<WaitingCaller> _ancestors;
    private readonly List<Turn> _path = [];
    private readonly HashSet<Turn> _seen = [];

    private WaitGraph(Turn? caller, IReadOnlyList<WaitingCaller> ancestors)
    {
        _caller = caller;
        _ancestors = ancestors;
    }

    /// <summary>
    /// The chain from the caller back to the caller; null when there is none. The call must stand in its mailbox and be
    /// tracked by its caller already: of two calls that close a cycle at the same time, at least one then sees the other.
    /// Over silos it sees the turns that the call's own path has named; of two unrelated chains that hold each other's grains
    /// at different silos it knows nothing, and the time-out ends them.
    /// </summary>
    public static IReadOnlyList<string>? FindCycle(Request call)
    {
        if (!call.IsAwaitedByGrain || call.Target is not { } target)
            return null;
        var graph = new WaitGraph(call.Caller, WaitingCaller.BeyondThisSilo(call));
        return graph.MayBeCyclic(target) && graph.IsBlocked(target) ? [call.DescribeCaller(), .. graph._path.Select(static turn => turn.Describe())] : null;
    }

    /// <summary>Most busy grains wait for no other grain; then there is nothing to walk.</summary>
    private bool MayBeCyclic(Activation target)
    {
        foreach (var turn in target.BlockingTurns())
        {
            if (turn.HasCalls || IsCaller(turn))
                return true;
        }

        return false;
    }

    private bool IsCaller(Turn turn)
    {
        if (ReferenceEquals(turn, _caller))
            return true;
        if (_ancestors.Count == 0 || !turn.IsNamed)
            return false;
        foreach (var ancestor in _ancestors)
        {
            // One that has given its call up goes on without the answer.
            if (ancestor.TurnId == turn.Id)
                return turn.UnansweredCalls().Any();
        }

        return false;
    }

    private bool IsBlocked(Activation activation)
    {
        foreach (var turn in activation.BlockingTurns())
        {
            if (Waits(turn))
                return true;
        }

        return false;
    }

    private bool Waits(Turn turn)
    {
        if (IsCaller(turn))
        {
            _path.Add(turn);
            return true;
        }

        if (!_seen.Add(turn))
            return false;

        _path.Add(turn);
        foreach (var call in turn.UnansweredCalls())
        {
            if (call.IsRunning ? Waits(call) : call.Target is { } target && IsBlocked(target))
                return true;
        }

        _path.RemoveAt(_path.Count - 1);
        return false;
    }
}
