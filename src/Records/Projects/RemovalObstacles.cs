using AwoooP.Journal.Tenants;
using Npgsql;

namespace AwoooP.Records;

/// <summary>What must come to its end before a project may be taken out, as far as the database tells. Read as the owner, who sees the project.</summary>
public static class RemovalObstacles
{
    /// <summary>Each with what it counts; a count above 0 stands in the way.</summary>
    private static readonly (string What, string Sql)[] Work =
    [
        ("open legal holds", "select count(*) from public.awooop_legal_hold h where h.project_id = $1 and h.released_at is null"),
        ("accepted requests of senders that are not worked off",
            """
            select count(*) from journal.intake i
            left join journal.cursor c on c.consumer = 'intake:' || i.kind and c.partition = i.partition
            where i.project_id = $1 and i.seq > coalesce(c.seq, 0)
            """),
        ("runs under way", "select count(*) from public.run_state r where r.project_id = $1 and r.state in ('running', 'waiting_tool')"),
        ("notifications that are not delivered yet",
            "select count(*) from public.notification_outcomes n where n.project_id = $1 and n.delivery_status in ('pending', 'rate_limited')"),
        // Behind the fence its grains refuse them; nobody sends again what was acknowledged.
        ("accepted requests of senders that were set aside (journal.intake_rejected) since it was closed",
            """
            select count(*) from journal.intake_rejected i
            join journal.removed_project r on r.id = i.project_id and i.rejected_at >= r.fenced_at
            where i.project_id = $1
            """),
        ("dead letters that are being delivered again", "select count(*) from journal.dead_letter d where d.project_id = $1 and d.retry_requested_at is not null"),
    ];

    /// <summary>One sentence for each; none when nothing stands in the way.</summary>
    /// <param name="export">The export that shall be all that is left, which must not be older than the project; null for none.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(
        NpgsqlConnection owner, string projectId, ExportManifest? export, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var (what, sql) in Work)
        {
            if (await CountAsync(owner, sql, projectId, cancellationToken) is > 0 and var open)
                found.Add($"There are {what}: {open}.");
        }

        if (export is not null && await ExportAge.FindNewerAsync(owner, export, cancellationToken) is { } stale)
            found.Add(stale);

        return found;
    }

    private static async Task<long> CountAsync(NpgsqlConnection owner, string sql, string projectId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, owner);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
