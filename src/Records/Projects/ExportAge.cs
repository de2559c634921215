using System.Globalization;
using AwoooP.Journal;
using AwoooP.Journal.Tenants;
using AwoooP.Projects;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Whether an export still has all of its project, by the ends of both in each partition of the log.</summary>
internal static class ExportAge
{
    // Every change of a project is an event of it, so what came after the export shows in the log, whatever table it is in.
    private const string NewerSql =
        """
        select n.generation, n.partition, n.seq, x.seq
        from (select e.generation, e.partition, max(e.seq) as seq
              from journal.event e where e.project_id = $1 and e.type <> all ($2)
              group by e.generation, e.partition) n
        left join unnest($3, $4, $5) x(generation, partition, seq) on x.generation = n.generation and x.partition = n.partition
        where n.seq > coalesce(x.seq, 0)
        order by 1, 2
        """;

    /// <summary>What the removal itself writes: begun and given up before, or begun now.</summary>
    private static readonly string[] ItsOwn =
    [
        .. ProjectEventTypes.All.Where(static type => type.ClrType == typeof(ProjectRemovalBegun) || type.ClrType == typeof(ProjectRemovalAbandoned)).Select(static type => type.Name),
    ];

    /// <summary>One sentence that names both ends, or null when the log holds nothing newer.</summary>
    /// <param name="owner">Sees the project's events.</param>
    public static async Task<string?> FindNewerAsync(NpgsqlConnection owner, ExportManifest export, CancellationToken cancellationToken)
    {
        // All of the project's log is looked at.
        await using var command = new NpgsqlCommand(NewerSql, owner) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = export.ProjectId });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = ItsOwn });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. export.Positions.Select(static end => end.Generation)] });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. export.Positions.Select(static end => end.Partition)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. export.Positions.Select(static end => end.Seq)] });
        var newer = new List<(Position End, string Exported)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var end = new Position(rows.GetInt16(0), rows.GetInt16(1), rows.GetInt64(2));
            newer.Add((end, rows.IsDBNull(3) ? "nowhere" : (end with { Seq = rows.GetInt64(3) }).ToString()));
        }

        return newer.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The export of {export.ExportedAt.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC is older than the project, in {newer.Count} partitions of the log: "
                + $"it ends at {newer[0].Exported}, the log at {newer[0].End}. Export it again.");
    }
}
