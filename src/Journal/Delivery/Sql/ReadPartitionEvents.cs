using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Reads;
using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>A page of one partition's log, bounded by what it weighs too: a page that takes longer than a statement may would never be read.</summary>
internal sealed class ReadPartitionEvents(NpgsqlDataSource engine) : IEventReader
{
    /// <summary>4 MiB as the table stores it, and the event that goes over it.</summary>
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>What the server counts for a value beyond its bytes.</summary>
    private const int ValueHeader = 4;

    private const string Sql =
        $"""
        select {EventRows.Columns}
        from (
            select p.*, sum(pg_column_size(p.data)) over (order by p.seq) - pg_column_size(p.data) as before
            from (select * from journal.event where partition = $1 and seq > $2 order by seq limit $3) p
        ) e
        where e.before < $4
        order by e.seq
        """;

    public async Task<EventPage> ReadAsync(short partition, long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = partition });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = MaxBytes });

        var events = new List<RecordedEvent>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            events.Add(EventRows.Read(rows));
        return new EventPage(after, events, IsEnd: events.Count < limit && events.Sum(static read => (long)read.Data.Length + ValueHeader) < MaxBytes);
    }
}
