using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>The retry that was asked for has an outcome.</summary>
internal sealed class EndRequest(NpgsqlDataSource engine)
{
    private const string Sql = "update journal.dead_letter set retry_requested_at = null where id = $1";

    public async Task ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
