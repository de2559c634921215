using Npgsql;

namespace AwoooP.Journal.Tenants;

/// <summary>
/// Deletes some rows of a project from one table, in a transaction of its own that also counts them, so that the count is right whatever is
/// interrupted. The session names the project in <c>awooop.project_ids</c> and plans with indexes only (<see cref="Session"/>).
/// </summary>
internal static class DeleteTenantRows
{
    /// <summary>Rows of one statement: it takes tens of milliseconds, and nobody waits for longer behind the locks of its rows.</summary>
    public const int Batch = 1_000;

    /// <summary>The rows of a statement are few and known by their keys; a join planned otherwise would read the whole log for them.</summary>
    public const string Session =
        """
        select set_config('awooop.project_ids', $1, false), set_config('enable_seqscan', 'off', false),
            set_config('enable_hashjoin', 'off', false), set_config('enable_mergejoin', 'off', false)
        """;

    /// <summary>$1 the project, $2 how many rows, $3 the table's name. Answers how many were deleted.</summary>
    public static string SqlFor(TenantTable table)
    {
        // A table without a key, as the intake log, is found by the place of its rows; they are never updated, so they do not move.
        var (columns, match) = table.KeyColumns.Count > 0
            ? (string.Join(", ", table.KeyColumns.Select(static column => $"o.{column}")), string.Join(" and ", table.KeyColumns.Select(static column => $"t.{column} = d.{column}")))
            : ("o.tableoid as of_table, o.ctid as at_row", "t.tableoid = d.of_table and t.ctid = d.at_row");
        return
            $"""
            with doomed as materialized (select {columns} from {table.Sql} o where o.project_id = $1 limit $2),
            gone as (delete from {table.Sql} t using doomed d where {match} returning 1),
            counted as (select count(*) as n from gone)
            update journal.removed_project r
            set deleted = case when c.n = 0 then r.deleted
                else jsonb_set(r.deleted, array[$3::text], to_jsonb(coalesce((r.deleted ->> $3::text)::bigint, 0) + c.n)) end
            from counted c where r.id = $1
            returning c.n
            """;
    }

    public static async Task<long> ExecuteAsync(NpgsqlConnection owner, TenantTable table, string projectId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SqlFor(table), owner);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table.Name });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
