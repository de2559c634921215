using System.Runtime.CompilerServices;
using AwoooP.Journal.Reads;
using Npgsql;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>
/// The events of many partitions as one stream: in order within each partition, and about in order of time across them, so that
/// a parent's row is mostly there before its children's.
/// </summary>
internal sealed class LogReader(NpgsqlDataSource owner)
{
    private const int Page = 200;

    private const string Sql =
        $"""
        select {EventRows.Columns}
        from journal.event e
        where e.partition = $1 and e.seq > $2 and e.seq <= $3 and e.type = any($4)
        order by e.seq
        limit $5
        """;

    /// <param name="ranges">For each partition: after which sequence number, and up to which.</param>
    public async IAsyncEnumerable<RecordedEvent> ReadAsync(
        IReadOnlyList<(short Partition, long After, long UpTo)> ranges, IReadOnlySet<string> types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        string[] wanted = [.. types];
        var heads = new PriorityQueue<Source, (DateTimeOffset At, short Partition)>();
        foreach (var (partition, after, upTo) in ranges)
        {
            if (upTo <= after)
                continue;
            var source = new Source(partition, after, upTo);
            if (await FillAsync(connection, source, wanted, cancellationToken))
                heads.Enqueue(source, (source.Events.Peek().At, partition));
        }

        while (heads.TryDequeue(out var source, out _))
        {
            yield return source.Events.Dequeue();
            if (source.Events.Count > 0 || await FillAsync(connection, source, wanted, cancellationToken))
                heads.Enqueue(source, (source.Events.Peek().At, source.Partition));
        }
    }

    private static async Task<bool> FillAsync(NpgsqlConnection connection, Source source, string[] types, CancellationToken cancellationToken)
    {
        if (source.IsEnd)
            return false;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = source.Partition });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = source.After });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = source.UpTo });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = types });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Page });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var recorded = EventRows.Read(rows);
            source.Events.Enqueue(recorded);
            source.After = recorded.Position.Seq;
        }

        source.IsEnd = source.Events.Count < Page;
        return source.Events.Count > 0;
    }

    private sealed class Source(short partition, long after, long upTo)
    {
        public short Partition { get; } = partition;

        public long After { get; set; } = after;

        public long UpTo { get; } = upTo;

        public bool IsEnd { get; set; }

        public Queue<RecordedEvent> Events { get; } = new();
    }
}
