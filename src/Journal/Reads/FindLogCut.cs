using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Reads;

/// <summary>The time before which the log was cut. Asked for seldom, so it is not kept.</summary>
internal static class FindLogCut
{
    private const string Sql = "select max(c.before) from journal.log_cut c";

    public static async Task<DateTimeOffset?> ExecuteAsync(NpgsqlDataSource engine, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = engine.CreateCommand(Sql);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            return rows.IsDBNull(0) ? null : rows.GetFieldValue<DateTimeOffset>(0);
        }
        catch (Exception error) when (SqlFaults.IsOutage(error))
        {
            throw new JournalUnavailableException("The cut of the log cannot be read.", error);
        }
    }
}
