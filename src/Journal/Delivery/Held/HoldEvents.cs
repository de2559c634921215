using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>
/// Writes held events. One that is held already counts another attempt; one that is redelivered behind itself stays as it is, and one
/// that only now is a fault is held from now on: which letters a fence has made is told by their time. What belongs to a
/// project whose rows are being deleted is given up instead: it would be a row of a tenant that is gone.
/// </summary>
internal static class HoldEvents
{
    private const string Sql =
        """
        insert into journal.dead_letter
            (project_id, consumer, generation, partition, seq, id, kind, queue_type, queue_key, grain_type, grain_key, event_type, reason)
        select h.project_id, $1, h.generation, h.partition, h.seq, h.id, h.kind, h.queue_type, h.queue_key, h.grain_type, h.grain_key, h.event_type, h.reason
        from unnest(
                $2::text[], $3::smallint[], $4::smallint[], $5::bigint[], $6::uuid[], $7::text[],
                $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
            h(project_id, generation, partition, seq, id, kind, queue_type, queue_key, grain_type, grain_key, event_type, reason)
        where not exists (select from journal.removed_project r where r.id = h.project_id and r.deleting_since is not null)
        on conflict (project_id, consumer, generation, partition, seq) do update
            set kind = excluded.kind, reason = excluded.reason, attempts = dead_letter.attempts + 1, retry_requested_at = null,
                held_at = case when excluded.kind = 'fault' and dead_letter.kind <> 'fault' then clock_timestamp() else dead_letter.held_at end
            where excluded.kind <> 'queued'
        """;

    public static async Task ExecuteAsync(NpgsqlConnection connection, string consumer, IReadOnlyList<HeldRow> held, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        Add(row => row.Key.ProjectId);
        Add(row => (short)row.Event.Position.Generation);
        Add(row => row.Event.Position.Partition);
        Add(row => row.Event.Position.Seq);
        Add(row => IdOf(row.Event.Position, consumer));
        Add(row => DeadLetterKindNames.Of(row.Kind));
        Add(row => row.Key.GrainType);
        Add(row => row.Key.GrainKey);
        Add(row => row.Event.Id.Type);
        Add(row => row.Event.Id.Key);
        Add(row => row.Event.Type);
        Add(row => row.Reason);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(Func<HeldRow, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. held.Select(value)] });
    }

    /// <summary>The same for a redelivery, so that holding twice holds once.</summary>
    private static Guid IdOf(Position position, string consumer) => ReactionCommandId.From(position, consumer, -1);
}
