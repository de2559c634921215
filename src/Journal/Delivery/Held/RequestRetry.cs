using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>Asks whoever owns the partition to deliver a dead letter's queue again, and to leave the letter itself out when it is given up.</summary>
internal sealed class RequestRetry(NpgsqlDataSource engine)
{
    private const string Sql =
        "update journal.dead_letter set retry_requested_at = clock_timestamp(), discard_requested = discard_requested or $2 where id = $1";

    /// <returns>Whether the letter was still there.</returns>
    public async Task<bool> ExecuteAsync(Guid id, bool discard, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = discard });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
