using System.Text.Json;
using Npgsql;

namespace AwoooP.Journal.Reports;

/// <summary>The last report of every living silo that has made one; an earlier incarnation's is not told.</summary>
internal static class ReadSiloReports
{
    private const string Sql =
        """
        select s.silo_id, s.incarnation, s.report::text, s.reported_at
        from journal.silo s where s.state = 'alive' and s.report is not null and s.reported_at >= s.started_at
        """;

    public static async Task<IReadOnlyDictionary<(string SiloId, long Incarnation), (SiloReport Report, DateTimeOffset At)>> ExecuteAsync(
        NpgsqlDataSource reader, CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var reports = new Dictionary<(string, long), (SiloReport, DateTimeOffset)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var report = JsonSerializer.Deserialize(rows.GetString(2), SiloReportJson.Default.SiloReport)!;
            reports[(rows.GetString(0), rows.GetInt64(1))] = (report, rows.GetFieldValue<DateTimeOffset>(3));
        }

        return reports;
    }
}
