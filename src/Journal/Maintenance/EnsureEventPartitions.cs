using Npgsql;

namespace AwoooP.Journal.Maintenance;

/// <summary>Makes the months of the event log that are missing, through the definer function: the engine's role may not create tables.</summary>
internal static class EnsureEventPartitions
{
    private const string Sql = "select journal.ensure_event_partitions($1)";

    public static async Task<int> ExecuteAsync(NpgsqlDataSource engine, int monthsAhead, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = monthsAhead });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
