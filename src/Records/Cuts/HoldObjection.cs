using System.Globalization;
using AwoooP.Events;
using AwoooP.Holds;
using AwoooP.Journal.Cuts;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Cuts;

/// <summary>An open legal hold of any project keeps the log whole: an event that is held may stand in any of its months.</summary>
internal sealed class HoldObjection : ICutObjection
{
    // No hold is written until the transaction ends, and those being written are waited for.
    private const string LockSql = "lock table public.awooop_legal_hold in share mode";

    private const string OpenSql =
        """
        select h.project_id, count(*) from public.awooop_legal_hold h
        where h.released_at is null group by h.project_id order by h.project_id
        """;

    private const string UnprojectedSql =
        """
        select count(*)
        from journal.partition p
        left join journal.cursor c on c.consumer = $1 and c.partition = p.partition
        cross join lateral (
            select e.seq from journal.event e
            where e.partition = p.partition and e.seq > coalesce(c.seq, 0) and e.type = any($2)
            limit 1) waiting
        """;

    private static readonly string[] Types = [EventCatalog.Default.NameOf<LegalHoldPlaced>(), EventCatalog.Default.NameOf<LegalHoldReleased>()];

    public async Task<string?> FindAsync(NpgsqlConnection owner, CutPlan plan, CancellationToken cancellationToken)
    {
        await using (var hold = new NpgsqlCommand(LockSql, owner))
            await hold.ExecuteNonQueryAsync(cancellationToken);

        var found = new List<string>();
        await using (var open = new NpgsqlCommand(OpenSql, owner))
        await using (var rows = await open.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                found.Add(string.Create(CultureInfo.InvariantCulture, $"Project {rows.GetString(0)} has {rows.GetInt64(1)} open legal holds."));
        }

        await using var behind = new NpgsqlCommand(UnprojectedSql, owner) { CommandTimeout = 0 };
        behind.Parameters.Add(new NpgsqlParameter<string> { TypedValue = LegalHoldProjection.ProjectionName });
        behind.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        if ((long)(await behind.ExecuteScalarAsync(cancellationToken))! > 0)
            found.Add("Legal holds were placed or released a moment ago, and are not in their table yet.");
        return found.Count == 0 ? null : string.Join('\n', found);
    }
}
