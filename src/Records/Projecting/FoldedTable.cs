using AwoooP.Journal.Delivery;
using Npgsql;

namespace AwoooP.Records.Projecting;

/// <summary>
/// A table with one row an aggregate, or a few, kept by folding its events: rows that the batch does not begin
/// are read with one query, events are applied in memory, and what changed is written with one upsert.
/// </summary>
/// <param name="read">Reads the rows of <c>unnest($1, $2)</c>: tenants and local keys.</param>
/// <param name="map">One row of <paramref name="read"/>.</param>
/// <param name="key">The aggregate of a row.</param>
/// <param name="keyOf">Which row an event is about, where an aggregate has several: its local key with the part that tells them apart. That of the aggregate unless given.</param>
internal sealed class FoldedTable<TRow>(
    string read, Func<NpgsqlDataReader, TRow> map, Func<TRow, AggregateKey> key, BulkStatement<TRow> upsert, Func<DecodedEvent, AggregateKey>? keyOf = null)
    where TRow : class
{
    private readonly Func<DecodedEvent, AggregateKey> _keyOf = keyOf ?? (static next => next.Key);

    /// <param name="begins">Whether an event is the first of its aggregate.</param>
    /// <param name="fold">The row after an event; the row before it is null for a first event only.</param>
    public async Task<IReadOnlyDictionary<AggregateKey, TRow>> ApplyAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DecodedEvent> events,
        Func<DecodedEvent, bool> begins,
        Func<TRow?, DecodedEvent, TRow> fold,
        CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(connection, KeysToRead(events, begins), cancellationToken);
        foreach (var next in events)
        {
            var rowKey = _keyOf(next);
            var row = begins(next) ? null : rows.GetValueOrDefault(rowKey) ?? throw Orphan(next);
            rows[rowKey] = fold(row, next);
        }

        await upsert.ExecuteAsync(connection, rows.Values, cancellationToken);
        return rows;
    }

    private HashSet<AggregateKey> KeysToRead(IReadOnlyList<DecodedEvent> events, Func<DecodedEvent, bool> begins)
    {
        var begun = new HashSet<AggregateKey>();
        var wanted = new HashSet<AggregateKey>();
        foreach (var next in events)
        {
            var rowKey = _keyOf(next);
            if (begins(next))
                begun.Add(rowKey);
            else if (!begun.Contains(rowKey))
                wanted.Add(rowKey);
        }

        return wanted;
    }

    private async Task<Dictionary<AggregateKey, TRow>> ReadAsync(NpgsqlConnection connection, HashSet<AggregateKey> keys, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<AggregateKey, TRow>();
        if (keys.Count == 0)
            return rows;

        await using var command = new NpgsqlCommand(read, connection);
        command.AddKeys(keys);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = map(reader);
            rows.Add(key(row), row);
        }

        return rows;
    }

    private static DeterministicFaultException Orphan(DecodedEvent orphan) =>
        new($"{orphan.Recorded.Type} at {orphan.Recorded.Position} is about an aggregate whose first event was never seen.");
}
