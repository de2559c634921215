using AwoooP.Retention;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>Tables with so many rows past their terms as a test says, removed in batches of <see cref="Batch"/>.</summary>
internal sealed class ScriptedRemoval : IRowRemoval
{
    public const int Batch = 10;

    private readonly Dictionary<string, long> _totals = [];

    public List<RetentionTerm> Terms { get; } = [];

    /// <summary>Rows that are left, by table.</summary>
    public Dictionary<string, int> Left { get; } = [];

    public HashSet<string> Held { get; } = [];

    /// <summary>What the removal of a table's rows ends in.</summary>
    public Dictionary<string, Exception> Faults { get; } = [];

    /// <summary>Told of each batch before anything else.</summary>
    public Action<string> Removing { get; set; } = static _ => { };

    public List<(string Project, string Table, DateTimeOffset Cut)> Calls { get; } = [];

    public Task<IReadOnlyList<RetentionTerm>> FindTermsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RetentionTerm>>(Terms);

    public Task<RemovedBatch> RemoveAsync(string projectId, string table, DateTimeOffset cut, CancellationToken cancellationToken)
    {
        Calls.Add((projectId, table, cut));
        Removing(table);
        if (Faults.TryGetValue(table, out var fault))
            return Task.FromException<RemovedBatch>(fault);
        if (Held.Contains(table))
            return Task.FromResult(new RemovedBatch(_totals.GetValueOrDefault(table), true, true));

        var left = Left.GetValueOrDefault(table);
        var removed = Math.Min(left, Batch);
        Left[table] = left - removed;
        _totals[table] = _totals.GetValueOrDefault(table) + removed;
        return Task.FromResult(new RemovedBatch(_totals[table], false, removed < Batch));
    }
}
