namespace AwoooP.Journal.Reads;

/// <summary>Where the newest snapshots are read, many at a time.</summary>
internal interface ISnapshotSource
{
    /// <param name="found">Called with the place in <paramref name="ids"/>, for each that there is.</param>
    Task ReadAsync(IReadOnlyList<AggregateId> ids, Action<int, Snapshot> found, CancellationToken cancellationToken);
}
