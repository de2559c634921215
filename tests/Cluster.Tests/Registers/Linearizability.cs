namespace AwoooP.Cluster.Tests.Registers;

/// <summary>
/// Looks for one order of a register's operations that explains every answer, in which each takes place between its beginning and its end
/// (Herlihy and Wing). The search is Wing and Gong's, with Lowe's memory of where it has been: the same operations done and the same value
/// held lead to the same end.
/// </summary>
/// <remarks>
/// No value is written twice, so one that is overwritten never comes back: whoever met it and is not done bars the way at once. Without that,
/// a write that was stuck for seconds and is put first would be found wrong only after all that happened meanwhile.
/// An operation that is open to the end may take place at any time after its beginning, or never. There may be hundreds, from callers that were
/// refused without a word on whether it happened. Writes of values that nobody ever met do the same, so they are counted and not told apart;
/// places are looked at in the order of how many of them it takes to get there, so each is looked at once.
/// What it remembers may grow with every set of operations that overlap. It stays small while few callers share a register and rest between
/// their calls, as those of <see cref="RegisterLoad"/> do; a step looks at no more than those that overlap, however long the history.
/// </remarks>
internal sealed class Linearizability
{
    /// <summary>Stands for all values that nobody met.</summary>
    private const string Unmet = "unmet";

    /// <summary>As they began.</summary>
    private readonly RegisterOperation[] _closed;

    /// <summary>The open ones that make a difference: of those that swap the same value for one that nobody met, the first.</summary>
    private readonly RegisterOperation[] _open;

    /// <summary>When the others began, which write what nobody met.</summary>
    private readonly long[] _spare;

    /// <summary>By value: the indices of the closed ones that surely found it.</summary>
    private readonly ILookup<string?, int> _finders;

    /// <summary>Of those from <see cref="Place.First"/> on.</summary>
    private readonly bool[] _isDone;

    private Linearizability(IReadOnlyCollection<RegisterOperation> history, string? initial)
    {
        var written = history.Where(static operation => operation.Action != RegisterAction.Read && !operation.IsRefused).Select(static operation => operation.Value).Prepend(initial).ToList();
        if (written.Distinct().Count() < written.Count)
            throw new ArgumentException("A value is written twice.", nameof(history));

        var met = history.Where(static operation => !operation.IsOpen && operation.Action == RegisterAction.Read).Select(static operation => operation.Value)
            .Concat(history.Select(static operation => operation.Expected)).ToHashSet();
        var open = history.Where(static operation => operation.IsOpen)
            .OrderBy(static operation => operation.Begun)
            .Select(operation => met.Contains(operation.Value) ? operation : operation with { Value = Unmet })
            .ToLookup(static operation => operation is { Action: RegisterAction.Write, Value: Unmet });

        _closed = [.. history.Where(static operation => !operation.IsOpen).OrderBy(static operation => operation.Begun)];
        _open = [.. open[false].DistinctBy(static operation => (operation.Expected, operation.Value))];
        _spare = [.. open[true].Select(static operation => operation.Begun)];
        _finders = Enumerable.Range(0, _closed.Length).Where(index => Finds(_closed[index])).ToLookup(index => Found(_closed[index]));
        _isDone = new bool[_closed.Length];
    }

    /// <summary>Null when the history is linearizable; else an operation that no order gets past.</summary>
    /// <param name="history">Of one register, to which no value is written twice, nor the initial one again.</param>
    /// <param name="initial">What it held before.</param>
    public static RegisterOperation? FindViolation(IReadOnlyCollection<RegisterOperation> history, string? initial) => new Linearizability(history, initial).Search(initial);

    private RegisterOperation? Search(string? initial)
    {
        var start = new Place(0, "", "", initial);
        var seen = new HashSet<Place> { start };
        var (now, withOneMore) = (new Stack<Place>([start]), new Stack<Place>());
        var (furthest, stuck) = (-1, (RegisterOperation?)null);
        for (var spent = 0; now.Count > 0; spent++)
        {
            while (now.TryPop(out var place))
            {
                if (place.First == _closed.Length)
                    return null;

                Mark(place, isDone: true);
                var horizon = Horizon(place);
                if (place.Count > furthest)
                    (furthest, stuck) = (place.Count, horizon);

                // The first of them is looked at first.
                var next = Next(place, horizon.Ended);
                for (var index = next.Count - 1; index >= 0; index--)
                {
                    if (seen.Add(next[index]))
                        now.Push(next[index]);
                }

                if (spent < _spare.Length && _spare[spent] <= horizon.Ended && !IsNeeded(place) && seen.Add(place with { Held = Unmet }))
                    withOneMore.Push(place with { Held = Unmet });
                Mark(place, isDone: false);
            }

            (now, withOneMore) = (withOneMore, now);
        }

        return stuck;
    }

    /// <summary>The one that ended first of those that are not done: nothing that began after its end may come before it.</summary>
    private RegisterOperation Horizon(Place place)
    {
        var horizon = _closed[place.First];
        for (var index = place.First + 1; index < _closed.Length && _closed[index].Begun <= horizon.Ended; index++)
        {
            if (!_isDone[index] && _closed[index].Ended < horizon.Ended)
                horizon = _closed[index];
        }

        return horizon;
    }

    /// <summary>Where one more operation leads. Those that may never have taken place come last.</summary>
    private List<Place> Next(Place place, long horizon)
    {
        var next = new List<Place>();
        for (var index = place.First; index < _closed.Length && _closed[index].Begun <= horizon; index++)
        {
            if (!_isDone[index] && _closed[index].CanFollow(place.Held, out var then) && (then == place.Held || !IsNeeded(place, but: index)))
                next.Add(WithDone(place, index) with { Held = then });
        }

        for (var index = 0; index < _open.Length && _open[index].Begun <= horizon; index++)
        {
            // One that swaps for what nobody met needs no mark: what it expects never comes back.
            var mark = _open[index].Value == Unmet ? "" : $"{checked((char)index)}";
            if ((mark.Length == 0 || !place.Taken.Contains(mark, StringComparison.Ordinal)) && _open[index].CanFollow(place.Held, out var then) && !IsNeeded(place))
                next.Add(place with { Taken = string.Concat((place.Taken + mark).Order()), Held = then });
        }

        return next;
    }

    private Place WithDone(Place place, int done)
    {
        _isDone[done] = true;
        var first = place.First;
        while (first < _closed.Length && _isDone[first])
            first++;
        var last = place.First + (place.Ahead.Length == 0 ? 0 : place.Ahead[^1]);
        var ahead = Enumerable.Range(first, Math.Max(0, Math.Max(last, done) - first + 1)).Where(index => _isDone[index]).Select(index => checked((char)(index - first)));
        var after = place with { First = first, Ahead = string.Concat(ahead) };
        _isDone[done] = false;
        return after;
    }

    /// <summary>Whether what the register holds is still to be found by one that is not done.</summary>
    private bool IsNeeded(Place place, int but = -1) => _finders[place.Held].Any(finder => finder >= place.First && finder != but && !_isDone[finder]);

    private static bool Finds(RegisterOperation operation) => operation.Action == RegisterAction.Read || operation is { Action: RegisterAction.Swap, IsRefused: false };

    private static string? Found(RegisterOperation operation) => operation.Action == RegisterAction.Read ? operation.Value : operation.Expected;

    private void Mark(Place place, bool isDone)
    {
        foreach (var ahead in place.Ahead)
            _isDone[place.First + ahead] = isDone;
    }

    /// <param name="First">The first closed one that is not done.</param>
    /// <param name="Ahead">How far after it those are that are done already.</param>
    /// <param name="Taken">The open ones that have taken place.</param>
    private readonly record struct Place(int First, string Ahead, string Taken, string? Held)
    {
        public int Count => First + Ahead.Length;
    }
}
