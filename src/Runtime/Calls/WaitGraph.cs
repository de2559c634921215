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
    private readonly Turn _caller;
    private readonly List<Turn> _path;
    private readonly HashSet<Turn> _seen = [];

    private WaitGraph(Turn caller)
    {
        _caller = caller;
        _path = [caller];
    }

    /// <summary>
    /// The chain from the caller back to the caller; null when there is none. The call must stand in its mailbox and be
    /// tracked by its caller already: of two calls that close a cycle at the same time, at least one then sees the other.
    /// </summary>
    public static IReadOnlyList<string>? FindCycle(Request call)
    {
        if (call.Caller is not { } caller || call.Target is not { } target || !MayBeCyclic(target, caller))
            return null;
        var graph = new WaitGraph(caller);
        return graph.IsBlocked(target) ? [.. graph._path.Select(static turn => turn.Describe())] : null;
    }

    /// <summary>Most busy grains wait for no other grain; then there is nothing to walk.</summary>
    private static bool MayBeCyclic(Activation target, Turn caller)
    {
        foreach (var turn in target.BlockingTurns())
        {
            if (turn.HasCalls || ReferenceEquals(turn, caller))
                return true;
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
        if (ReferenceEquals(turn, _caller))
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
