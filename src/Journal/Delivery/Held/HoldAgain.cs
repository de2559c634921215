using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>Counts another attempt of an event that is held; answers whether it still is. Unlike <see cref="HoldEvents"/> it never holds anew.</summary>
internal static class HoldAgain
{
    private const string Sql =
        """
        update journal.dead_letter
        set kind = $6, reason = $7, attempts = attempts + 1, retry_requested_at = null,
            held_at = case when $6 = 'fault' and kind <> 'fault' then clock_timestamp() else held_at end
        where project_id = $1 and consumer = $2 and generation = $3 and partition = $4 and seq = $5
        """;

    public static async Task<bool> ExecuteAsync(NpgsqlConnection connection, string consumer, HeldRow row, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = row.Key.ProjectId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)row.Event.Position.Generation });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = row.Event.Position.Partition });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Event.Position.Seq });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = DeadLetterKindNames.Of(row.Kind) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = row.Reason });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
