using Npgsql;

namespace AwoooP.Journal.Delivery.Wakes;

/// <summary>Moves a periodic wake-up that was handled without a commit to its next time, unless a commit has changed it meanwhile.</summary>
internal sealed class AdvanceWake(NpgsqlDataSource engine)
{
    private const string Sql =
        """
        update journal.wake set due_at = $6
        where project_id = $1 and grain_type = $2 and grain_key = $3 and name = $4 and due_at = $5 and period is not null
        """;

    public async Task ExecuteAsync(DueWake wake, DateTimeOffset next, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = wake.Key.Id.ProjectId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = wake.Key.Id.Type });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = wake.Key.Id.Key });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = wake.Key.Name });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = wake.DueAt.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = next.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
