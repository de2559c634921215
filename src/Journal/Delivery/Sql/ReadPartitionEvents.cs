using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Reads;
using Npgsql;

namespace AwoooP.Journal.Delivery.Sql;

/// <summary>A page of one partition's log.</summary>
internal sealed class ReadPartitionEvents(NpgsqlDataSource engine) : IEventReader
{
    private const string Sql =
        $"""
        select {EventRows.Columns}
        from journal.event e
        where e.partition = $1 and e.seq > $2
        order by e.seq
        limit $3
        """;

    public async Task<EventPage> ReadAsync(short partition, long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = partition });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });

        var events = new List<RecordedEvent>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            events.Add(EventRows.Read(rows));
        return new EventPage(after, events, events.Count < limit);
    }
}
