using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Delivery.Projections;
using AwoooP.Journal.Faults;
using Npgsql;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>
/// Fills one projection's shadow tables from the log, up to where the live tables are and never beyond, so that both can be compared
/// and swapped without moving the live cursor. What was given up for the projection is left out, as it is from the live tables.
/// Each pass looks at all that lies in its range, and not only at what the projection asks for: a newer build may begin to write at any time.
/// </summary>
/// <param name="newerEvents">Shared by all that are rebuilt together.</param>
/// <param name="start">Where the shadow tables stand already: at the log's cut. Null when they are empty.</param>
/// <param name="end">How far it goes in each partition; where the live tables are unless given.</param>
internal sealed class ProjectionRebuild(
    IProjection projection, NpgsqlDataSource owner, NewerEvents newerEvents, string searchPath, LogCut? start, IReadOnlyDictionary<short, long>? end = null)
{
    private const int Batch = 2_000;

    private const string CursorSql = "select c.partition, c.seq from journal.cursor c where c.consumer = $1";
    private const string LockSql = "select from journal.cursor c where c.consumer = $1 order by c.partition for update";
    private const string LockHeldSql = "select from journal.dead_letter d where d.consumer = $1 order by d.project_id, d.generation, d.partition, d.seq for update";

    private readonly LogReader _log = new(owner);
    private readonly Dictionary<short, long> _positions = start is null ? [] : new(start.Positions);
    private readonly Dictionary<(short Partition, HeldKey Key), List<HeldRow>> _held = [];
    private HashSet<Position> _discarded = [];

    public string Name => projection.Name;

    public long Events { get; private set; }

    /// <summary>Every tenant that an event was seen of, here or before the cut.</summary>
    public HashSet<string> Projects { get; } = start is null ? [] : new(start.Projects, StringComparer.Ordinal);

    public IEnumerable<HeldRow> Held => _held.Values.SelectMany(rows => rows);

    /// <summary>One pass up to where the live tables are now; answers how many events that was.</summary>
    /// <exception cref="ReplayException">What it came by is of a newer build, or was given up meanwhile.</exception>
    public async Task<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        var ranges = await ReadRangesAsync(connection, cancellationToken);
        await newerEvents.RefuseAsync(connection, ranges, cancellationToken);
        await ReadDiscardsAsync(connection, cancellationToken);
        var before = Events;
        var batch = new List<RecordedEvent>();
        await foreach (var recorded in _log.ReadAsync(ranges, projection.EventTypes, cancellationToken))
        {
            batch.Add(recorded);
            if (batch.Count < Batch)
                continue;
            await ApplyInOwnTransactionAsync(batch, cancellationToken);
            batch.Clear();
        }

        await ApplyInOwnTransactionAsync(batch, cancellationToken);
        Move(ranges);
        return Events - before;
    }

    /// <summary>
    /// Holds the live positions still until the transaction ends. The tables' lock alone does not: a batch that is held back as a whole
    /// writes no row, and would move its position and hold its events between our read of the positions and our swap. So would a held event
    /// that is given up, which touches nothing but its hold.
    /// </summary>
    public async Task LockPositionsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await LockAsync(connection, LockSql, cancellationToken);
        await LockAsync(connection, LockHeldSql, cancellationToken);
    }

    /// <summary>The last look, once the live positions are held still: what a newer build writes from here on comes after the swap.</summary>
    /// <exception cref="ReplayException">The rest has events of a newer build.</exception>
    public async Task RefuseNewerAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await newerEvents.RefuseAsync(connection, await ReadRangesAsync(connection, cancellationToken), cancellationToken);

    /// <summary>The rest, inside the transaction that holds the live tables and positions still.</summary>
    /// <exception cref="ReplayException">What it came by was given up meanwhile.</exception>
    public async Task CatchUpAsync(ProjectionTransaction transaction, CancellationToken cancellationToken)
    {
        var ranges = await ReadRangesAsync(transaction.Connection, cancellationToken);
        await ReadDiscardsAsync(transaction.Connection, cancellationToken);
        var rest = new List<RecordedEvent>();
        await foreach (var recorded in _log.ReadAsync(ranges, projection.EventTypes, cancellationToken))
            rest.Add(recorded);
        Note(rest);
        await transaction.SetProjectsAsync(string.Join(',', Projects), cancellationToken);
        await ApplyAsync(transaction, rest, cancellationToken);
        Move(ranges);
    }

    /// <summary>How many events the live tables are ahead.</summary>
    public async Task<long> CountOpenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        return (await ReadRangesAsync(connection, cancellationToken)).Sum(range => range.UpTo - range.After);
    }

    private async Task<List<(short Partition, long After, long UpTo)>> ReadRangesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (end is not null)
            return [.. end.Select(last => (last.Key, _positions.GetValueOrDefault(last.Key), last.Value))];

        await using var command = new NpgsqlCommand(CursorSql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projection.Name });
        var ranges = new List<(short, long, long)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            ranges.Add((rows.GetInt16(0), _positions.GetValueOrDefault(rows.GetInt16(0)), rows.GetInt64(1)));
        return ranges;
    }

    private async Task LockAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projection.Name });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <exception cref="ReplayException">An event was given up that the shadow tables have applied, which cannot be undone there.</exception>
    private async Task ReadDiscardsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var discarded = await ReadDiscards.ExecuteAsync(connection, projection.Name, cancellationToken);
        var held = Held.Select(static row => row.Event.Position).ToHashSet();
        foreach (var position in discarded)
        {
            if (IsPassed(position) && !_discarded.Contains(position) && !held.Contains(position))
                throw new ReplayException($"{projection.Name} at {position} was given up meanwhile: run again.");
        }

        _discarded = discarded;
    }

    /// <summary>Whether the event was read here. Those before the log's cut never were.</summary>
    private bool IsPassed(Position position) =>
        position.Seq <= _positions.GetValueOrDefault(position.Partition) && position.Seq > (start?.Positions.GetValueOrDefault(position.Partition) ?? 0);

    private void Move(List<(short Partition, long After, long UpTo)> ranges)
    {
        foreach (var (partition, _, upTo) in ranges)
            _positions[partition] = upTo;
    }

    private async Task ApplyInOwnTransactionAsync(List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0 && _held.Count == 0)
            return;
        Note(events);
        await using var transaction = await ProjectionTransaction.BeginAsync(owner, ProjectsOf(events), searchPath, cancellationToken);
        await ApplyAsync(transaction, events, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task ApplyAsync(ProjectionTransaction transaction, List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        var free = new List<RecordedEvent>(events.Count);
        foreach (var recorded in events.Where(IsKept))
        {
            var key = HeldKey.Of(projection, recorded);
            if (_held.TryGetValue((recorded.Position.Partition, key), out var queue))
                queue.Add(new HeldRow(recorded, DeadLetterKind.Queued, key, string.Empty));
            else
                free.Add(recorded);
        }

        await ApplyFreeAsync(transaction, free, cancellationToken);

        // What waits for a parent, now that more rows are there; and what queues behind an event that was given up since it was read.
        foreach (var (place, queue) in _held.Where(queue => queue.Value[0].Kind == DeadLetterKind.Waiting || !IsKept(queue.Value[0].Event)).ToList())
        {
            _held.Remove(place);
            await ApplyFreeAsync(transaction, [.. queue.Select(row => row.Event).Where(IsKept)], cancellationToken);
        }
    }

    private async Task ApplyFreeAsync(ProjectionTransaction transaction, List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return;
        try
        {
            await ApplyOrHoldAsync(transaction, events, cancellationToken);
        }
        catch (UnknownEventException newer)
        {
            throw new ReplayException($"{newer.Message}: rebuild with that build.", newer);
        }
    }

    private async Task ApplyOrHoldAsync(ProjectionTransaction transaction, List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        await transaction.SaveAsync(cancellationToken);
        try
        {
            await projection.ApplyAsync(transaction.Connection, events, cancellationToken);
            await transaction.ReleaseAsync(cancellationToken);
            Events += events.Count;
            return;
        }
        catch (Exception fault) when (Fault.OfProjection(fault) != FaultKind.Outage)
        {
            await transaction.RollbackToSaveAsync(cancellationToken);
        }

        var parts = new SplitApply(projection, transaction, static () => false);
        await parts.RunAsync(events, cancellationToken);
        Events += parts.Applied.Count;
        foreach (var row in parts.Held)
        {
            var place = (row.Event.Position.Partition, row.Key);
            if (!_held.TryGetValue(place, out var queue))
                _held.Add(place, queue = []);
            queue.Add(row);
        }
    }

    private bool IsKept(RecordedEvent recorded) => !_discarded.Contains(recorded.Position);

    private void Note(List<RecordedEvent> events) => Projects.UnionWith(events.Select(recorded => recorded.Id.ProjectId));

    private string ProjectsOf(List<RecordedEvent> events) => string.Join(
        ',', events.Select(recorded => recorded.Id.ProjectId).Concat(_held.Keys.Select(place => place.Key.ProjectId)).Distinct(StringComparer.Ordinal));
}
