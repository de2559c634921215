using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>Where a dead letter is held, by its id; null when it is held no more.</summary>
internal sealed class FindHeldPlace(NpgsqlDataSource engine)
{
    private const string Sql =
        "select d.consumer, d.partition, d.seq, d.project_id, d.queue_type, d.queue_key, d.kind = 'too_deep' from journal.dead_letter d where d.id = $1";

    public async Task<HeldPlace?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
            return null;
        var key = new HeldKey(rows.GetString(3), rows.GetString(4), rows.GetString(5));
        return new HeldPlace(rows.GetString(0), rows.GetInt16(1), new HeldTarget(key, rows.GetBoolean(6) ? rows.GetInt64(2) : null));
    }
}
