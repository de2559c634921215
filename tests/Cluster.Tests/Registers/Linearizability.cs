using System.Text;

namespace AwoooP.Cluster.Tests.Registers;

/// <summary>
/// Looks for one order of a register's operations that explains every answer, in which each takes place between its beginning and its end
/// (Herlihy and Wing). The search is Wing and Gong's, with Lowe's memory of where it has been: the same operations done and the same value
/// held lead to the same end.
/// </summary>
/// <remarks>
/// An operation that is open to the end may take place at any time after its beginning, or never. There may be many, as when each of a
/// thousand writes was refused without saying whether it happened. Those whose values nobody ever met do the same: they take turns, and a
/// place that was reached with fewer of them is not looked at again with more.
/// No value is written twice, so one that is overwritten never comes back: whoever met it and is not done bars the way at once. Without that,
/// a write that was stuck for seconds and is put first would be found wrong only after all that happened meanwhile.
/// What it remembers may grow with every set of operations that overlap. It stays small while few callers share a register and rest between
/// their calls, as those of <see cref="RegisterLoad"/> do; a step looks at no more than those that overlap, however long the history.
/// </remarks>
internal sealed class Linearizability
{
    private const int BitsOfChar = 16;

    /// <summary>Stands for all values that nobody met.</summary>
    private const string Unmet = "unmet";

    /// <summary>The closed ones as they began, then the open ones as they did.</summary>
    private readonly RegisterOperation[] _operations;
    private readonly int _closed;
    private readonly bool[] _done;

    /// <summary>By place: with how few of the spare ones it was reached.</summary>
    private readonly Dictionary<(string Done, string? Held), int> _seen = [];
    private readonly StringBuilder _key = new();

    /// <summary>By value: how many that met it are not done. Those that may never have taken place need nothing.</summary>
    private readonly Dictionary<string, int> _needed = new(StringComparer.Ordinal);

    /// <summary>The first closed one that is not done.</summary>
    private int _first;
    private int _spent;

    private Linearizability(IEnumerable<RegisterOperation> history, string? initial)
    {
        var all = history.ToList();
        var values = all.Where(static operation => operation.Action != RegisterAction.Read && !operation.IsRefused).Select(static operation => operation.Value).Prepend(initial).ToList();
        if (values.Distinct().Count() < values.Count)
            throw new ArgumentException("A value is written twice.", nameof(history));

        var met = all.Where(static operation => !operation.IsOpen && operation.Action == RegisterAction.Read).Select(static operation => operation.Value)
            .Concat(all.Select(static operation => operation.Expected)).ToHashSet();

        // Those that may never have taken place are tried last.
        _operations = [.. all
            .Select(operation => operation.IsOpen && !met.Contains(operation.Value) ? operation with { Value = Unmet } : operation)
            .OrderBy(static operation => operation.IsOpen).ThenBy(static operation => operation.Begun)];
        _closed = _operations.Count(static operation => !operation.IsOpen);
        foreach (var value in _operations.Take(_closed).Select(Met).OfType<string>())
            _needed[value] = _needed.GetValueOrDefault(value) + 1;
        _done = new bool[_operations.Length];
    }

    /// <summary>Null when the history is linearizable; else an operation that no order gets past.</summary>
    /// <param name="history">Of one register, to which no value is written twice, nor the initial one again.</param>
    /// <param name="initial">What it held before.</param>
    public static RegisterOperation? FindViolation(IEnumerable<RegisterOperation> history, string? initial) => new Linearizability(history, initial).Search(initial);

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
                Mark(index, isDone: true);
                (held, next) = (then, 0);
                closed += index < _closed ? 1 : 0;
            }
            else if (path.TryPop(out var last))
            {
                Mark(last.Index, isDone: false);
                (held, next) = (last.Before, last.Index + 1);
                closed -= last.Index < _closed ? 1 : 0;
            }
            else
            {
                return stuck;
            }
        }

        return null;
    }

    /// <summary>The one that ended first of those that are not done: nothing that begun after its end may come before it.</summary>
    private RegisterOperation Horizon()
    {
        var horizon = _operations[_first];
        for (var index = _first + 1; index < _closed && _operations[index].Begun <= horizon.Ended; index++)
        {
            if (!_done[index] && _operations[index].Ended < horizon.Ended)
                horizon = _operations[index];
        }

        return horizon;
    }

    private int FindNext(int from, long horizon, string? held, out string? then)
    {
        for (var index = Math.Max(from, _first); index < _closed && _operations[index].Begun <= horizon; index++)
        {
            if (Leads(index, held, out then))
                return index;
        }

        var isSpareTried = false;
        for (var index = _closed; index < _operations.Length && _operations[index].Begun <= horizon; index++)
        {
            if (_done[index] || (isSpareTried && IsSpare(index)))
                continue;
            isSpareTried |= IsSpare(index);
            if (index >= from && Leads(index, held, out then))
                return index;
        }

        then = held;
        return -1;
    }

    /// <summary>Whether it can come next and leads to where the search has not been.</summary>
    private bool Leads(int index, string? held, out string? then)
    {
        then = held;
        if (_done[index] || !_operations[index].CanFollow(held, out then))
            return false;

        Mark(index, isDone: true);
        var leads = (then == held || !IsNeeded(held)) && IsNew((KeyOfDone(), then));
        Mark(index, isDone: false);
        return leads;
    }

    private bool IsNeeded(string? value) => value is not null && _needed.GetValueOrDefault(value) > 0;

    private bool IsNew((string Done, string? Held) place)
    {
        var isNew = !_seen.TryGetValue(place, out var fewest) || _spent < fewest;
        if (isNew)
            _seen[place] = _spent;
        return isNew;
    }

    private void Mark(int index, bool isDone)
    {
        _done[index] = isDone;
        if (IsSpare(index))
            _spent += isDone ? 1 : -1;
        if (index >= _closed)
            return;

        if (Met(_operations[index]) is { } met)
            _needed[met] += isDone ? -1 : 1;
        if (!isDone)
            _first = Math.Min(_first, index);
        while (_first < _closed && _done[_first])
            _first++;
    }

    /// <summary>What it surely found.</summary>
    private static string? Met(RegisterOperation operation) => operation switch
    {
        { Action: RegisterAction.Read } => operation.Value,
        { Action: RegisterAction.Swap, IsRefused: false } => operation.Expected,
        _ => null,
    };

    /// <summary>May have written what nobody met, or not: one is as good as the other, but for when it began.</summary>
    private bool IsSpare(int index) => index >= _closed && _operations[index] is { Action: RegisterAction.Write, Value: Unmet };

    /// <summary>
    /// What is done but for the spare ones: all that comes before the first that is not, and one bit for each that overlaps it and each that is open.
    /// Nothing that began later than its end can be done.
    /// </summary>
    private string KeyOfDone()
    {
        _key.Clear().Append((char)_first).Append((char)(_first >> BitsOfChar));
        var (bits, count) = (0, 0);
        for (var index = _first; index < _closed && _operations[index].Begun <= _operations[_first].Ended; index++)
            Append(index);
        for (var index = _closed; index < _operations.Length; index++)
        {
            if (!IsSpare(index))
                Append(index);
        }

        return _key.Append((char)bits).ToString();

        void Append(int index)
        {
            bits |= _done[index] ? 1 << count : 0;
            if (++count < BitsOfChar)
                return;

            _key.Append((char)bits);
            (bits, count) = (0, 0);
        }
    }
}
