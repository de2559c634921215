namespace AwoooP.Cluster.Tests.Registers;

/// <summary>
/// Looks for one order of a register's operations that explains every answer, in which each takes place between its beginning and its end
/// (Herlihy and Wing). The search is Wing and Gong's, with Lowe's memory of where it has been: the same operations done and the same value
/// held lead to the same end.
/// </summary>
/// <remarks>
/// An operation that is open to the end may take place at any time after its beginning, or never. There may be many, as when each of a
/// thousand writes was refused without saying whether it happened; those whose values nobody ever met do the same and take turns.
/// What it remembers may grow with every set of operations that overlap. It stays small while few callers share a register and rest between
/// their calls, as those of <see cref="RegisterLoad"/> do.
/// </remarks>
internal sealed class Linearizability
{
    private const int BitsOfChar = 16;

    /// <summary>Stands for all values that nobody met.</summary>
    private const string Unmet = "unmet";

    private readonly RegisterOperation[] _operations;
    private readonly int _closed;
    private readonly bool[] _done;

    /// <summary>By index: the one before that does the same, or -1.</summary>
    private readonly int[] _twin;
    private readonly HashSet<(string Done, string? Held)> _seen = [];

    private Linearizability(IEnumerable<RegisterOperation> history)
    {
        var all = history.ToList();
        var met = all.Where(static operation => !operation.IsOpen && operation.Action == RegisterAction.Read).Select(static operation => operation.Value)
            .Concat(all.Select(static operation => operation.Expected)).ToHashSet();

        // Those that may never have taken place are tried last.
        _operations = [.. all
            .Select(operation => operation.IsOpen && !met.Contains(operation.Value) ? operation with { Value = Unmet } : operation)
            .OrderBy(static operation => operation.IsOpen).ThenBy(static operation => operation.Begun)];
        _twin = [.. _operations.Select((operation, index) => operation.IsOpen && index > 0 ? FindTwin(operation, index) : -1)];
        _closed = _operations.Count(static operation => !operation.IsOpen);
        _done = new bool[_operations.Length];
    }

    /// <summary>Null when the history is linearizable; else an operation that no order explains as far as orders go.</summary>
    /// <param name="history">Of one register.</param>
    /// <param name="initial">What it held before.</param>
    public static RegisterOperation? FindViolation(IEnumerable<RegisterOperation> history, string? initial) => new Linearizability(history).Search(initial);

    private RegisterOperation? Search(string? held)
    {
        var path = new Stack<(int Index, string? Before)>();
        var (closed, furthest, next) = (0, -1, 0);
        RegisterOperation? stuck = null;
        while (closed < _closed)
        {
            var horizon = Horizon();
            if (closed > furthest)
                (furthest, stuck) = (closed, horizon);

            var index = FindNext(next, horizon.Ended, held, out var then);
            if (index >= 0)
            {
                path.Push((index, held));
                _done[index] = true;
                (held, next) = (then, 0);
                closed += _operations[index].IsOpen ? 0 : 1;
            }
            else if (path.TryPop(out var last))
            {
                _done[last.Index] = false;
                (held, next) = (last.Before, last.Index + 1);
                closed -= _operations[last.Index].IsOpen ? 0 : 1;
            }
            else
            {
                return stuck;
            }
        }

        return null;
    }

    /// <summary>The one that ended first of those that are not done: nothing that begun after its end may come before it.</summary>
    private RegisterOperation Horizon() =>
        _operations.Where((operation, index) => !_done[index] && !operation.IsOpen).MinBy(static operation => operation.Ended)!;

    private int FindNext(int from, long horizon, string? held, out string? then)
    {
        for (var index = from; index < _operations.Length; index++)
        {
            if (_done[index] || _operations[index].Begun > horizon || !_operations[index].CanFollow(held, out then))
                continue;
            if (_twin[index] >= 0 && !_done[_twin[index]])
                continue;

            _done[index] = true;
            var isNew = _seen.Add((KeyOfDone(), then));
            _done[index] = false;
            if (isNew)
                return index;
        }

        then = held;
        return -1;
    }

    private int FindTwin(RegisterOperation operation, int index) =>
        Array.FindLastIndex(_operations, index - 1, index, earlier => earlier == operation with { Begun = earlier.Begun });

    /// <summary>What is done, one bit an operation.</summary>
    private string KeyOfDone() => string.Create((_done.Length + BitsOfChar - 1) / BitsOfChar, _done, static (text, done) =>
    {
        text.Clear();
        for (var index = 0; index < done.Length; index++)
        {
            if (done[index])
                text[index / BitsOfChar] |= (char)(1 << (index % BitsOfChar));
        }
    });
}
