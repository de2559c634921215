using Npgsql;

namespace AwoooP.Journal.Intake.Sql;

/// <summary>Records of one partition and kind, in order, bounded by items and bytes.</summary>
internal sealed class ReadIntake(NpgsqlDataSource engine) : IIntakeReader
{
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
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = partition });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = maxItems });

        var records = new List<IntakeRecord>();
        var items = 0;
        var bytes = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (items < maxItems && bytes < maxBytes && await rows.ReadAsync(cancellationToken))
        {
            var payload = rows.GetFieldValue<byte[]>(2);
            records.Add(new IntakeRecord(
                partition, rows.GetInt64(0), rows.GetString(1), kind, payload, rows.GetFieldValue<DateTimeOffset>(3), rows.IsDBNull(4) ? null : rows.GetString(4))
            {
                Items = rows.GetInt32(5),
            });
            items += records[^1].Items;
            bytes += payload.Length;
        }

        return records;
    }
}
