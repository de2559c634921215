using Npgsql;

namespace AwoooP.Journal.Maintenance;

/// <summary>Removes expired command ids in small transactions, so that no commit waits long for one.</summary>
internal static class DeleteExpiredCommands
{
    private const string Sql =
        """
        delete from journal.command where ctid = any (array(
            select ctid from journal.command where expires_at <= clock_timestamp() order by expires_at limit 5000 for update skip locked))
        """;

    public static async Task<long> ExecuteAsync(NpgsqlDataSource engine, CancellationToken cancellationToken)
    {
        long removed = 0;
        while (true)
        {
            await using var command = engine.CreateCommand(Sql);
            var some = await command.ExecuteNonQueryAsync(cancellationToken);
            removed += some;
            if (some == 0)
                return removed;
        }
    }
}
