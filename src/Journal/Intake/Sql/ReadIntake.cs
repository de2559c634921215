using Npgsql;

namespace AwoooP.Journal.Intake.Sql;

/// <summary>Records of one partition and kind, in order, bounded by items and bytes.</summary>
internal sealed class ReadIntake(NpgsqlDataSource engine) : IIntakeReader
{
    /// <summary>
    /// Rows of one statement. Where the bounds are reached shows only in the rows, and those behind them come over the wire all the same:
    /// of a backlog of a million items they would be nearly all of it, again for every batch.
    /// </summary>
    private const int MaxRows = 256;

    private const string Sql =
        """
        select i.seq, i.project_id, i.payload, i.received_at, i.trace_id, i.items
        from journal.intake i
        where i.partition = $1 and i.seq > $2 and i.kind = $3
        order by i.seq
        limit $4
        """;

    public async Task<List<IntakeRecord>> ReadAsync(
        short partition, string kind, long after, int maxItems, int maxBytes, CancellationToken cancellationToken)
    {
        var records = new List<IntakeRecord>();
        var (items, bytes) = (0, 0);
        bool mayHaveMore;
        do
        {
            await using var command = engine.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = partition });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = records.Count > 0 ? records[^1].Seq : after });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Math.Min(maxItems - items, MaxRows) });

            var rowsRead = 0;
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (items < maxItems && bytes < maxBytes && await rows.ReadAsync(cancellationToken))
            {
                var record = Read(rows, partition, kind);
                records.Add(record);
                items += record.Items;
                bytes += record.Payload.Length;
                rowsRead++;
            }

            mayHaveMore = rowsRead == MaxRows && items < maxItems && bytes < maxBytes;
        }
        while (mayHaveMore);

        return records;
    }

    private static IntakeRecord Read(NpgsqlDataReader row, short partition, string kind) => new(
        partition,
        row.GetInt64(0),
        row.GetString(1),
        kind,
        row.GetFieldValue<byte[]>(2),
        row.GetFieldValue<DateTimeOffset>(3),
        row.IsDBNull(4) ? null : row.GetString(4))
    {
        Items = row.GetInt32(5),
    };
}
