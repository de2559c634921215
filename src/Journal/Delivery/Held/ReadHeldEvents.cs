using AwoooP.Journal.Reads;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>The events of one held queue, in order, with their payload from the log.</summary>
internal sealed class ReadHeldEvents(NpgsqlDataSource engine)
{
    // The seq index answers; the tenant and version are not known here.
    private const string Sql =
        $"""
        select {EventRows.Columns}, d.discard_requested, d.kind = 'fault'
        from journal.dead_letter d
        join journal.event e on e.partition = d.partition and e.seq = d.seq and e.generation = d.generation
        where d.partition = $1 and d.consumer = $2 and d.project_id = $3 and d.queue_type = $4 and d.queue_key = $5
          and case when $7::bigint is null then d.kind <> 'too_deep' else d.seq = $7 end
        order by d.seq
        limit $6
        """;

    public async Task<List<HeldEvent>> ExecuteAsync(string consumer, short partition, HeldTarget target, int limit, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = partition });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = target.Key.ProjectId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = target.Key.GrainType });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = target.Key.GrainKey });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter { Value = target.OnlySeq is { } seq ? seq : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        var events = new List<HeldEvent>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            events.Add(new HeldEvent(EventRows.Read(rows), rows.GetBoolean(EventRows.Count), rows.GetBoolean(EventRows.Count + 1)));
        return events;
    }
}

/// <param name="IsDiscarded">A person gave it up: it leaves the queue undelivered.</param>
/// <param name="IsDeadLetter">It failed by itself, and does not merely stand behind one that did.</param>
internal readonly record struct HeldEvent(RecordedEvent Event, bool IsDiscarded, bool IsDeadLetter);
