using Npgsql;

namespace AwoooP.Journal.Cuts;

/// <summary>Where the log begins: months before were dropped, and the record tables as the log had made them up to there are kept beside it.</summary>
/// <param name="Before">The first instant that was kept.</param>
/// <param name="Positions">The last event of each partition that the kept tables have applied; partitions that had none are left out.</param>
/// <param name="Projects">Every tenant that the kept tables have rows of.</param>
internal sealed record LogCut(DateTimeOffset Before, IReadOnlyDictionary<short, long> Positions, IReadOnlyCollection<string> Projects)
{
    /// <summary>Where the kept tables stand.</summary>
    public const string Schema = "records_cut";

    private const string Sql =
        """
        select c.before, c.projects, p.partition, p.seq
        from (select n.before, n.projects from journal.log_cut n order by n.before desc limit 1) c
        left join journal.log_cut_position p on true
        """;

    /// <summary>The cut in force, or null when the log is whole.</summary>
    public static async Task<LogCut?> FindAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, owner);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var positions = new Dictionary<short, long>();
        LogCut? cut = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            cut ??= new LogCut(rows.GetFieldValue<DateTimeOffset>(0), positions, rows.GetFieldValue<string[]>(1));
            if (!rows.IsDBNull(2))
                positions.Add(rows.GetInt16(2), rows.GetInt64(3));
        }

        return cut;
    }
}
