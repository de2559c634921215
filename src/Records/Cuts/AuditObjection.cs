using System.Globalization;
using AwoooP.Journal;
using AwoooP.Journal.Cuts;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Cuts;

/// <summary>
/// Once the log before the cut is gone, only signed heads vouch for the acts there. So every chain must have been signed at or behind its last act
/// before the cut.
/// </summary>
internal sealed class AuditObjection : ICutObjection
{
    private const string Sql =
        """
        select k.project_id, count(*)
        from unnest($1) j(project_id)
        cross join unnest($2, $3) p(partition, seq)
        cross join lateral (
            select a.project_id, a.seq from public.awooop_audit_event a
            where a.project_id = j.project_id and a.generation = $4 and a.partition = p.partition and a.seq <= p.seq
            order by a.seq desc limit 1) k
        where not exists (
            select from public.awooop_audit_head h
            where h.project_id = j.project_id and h.generation = $4 and h.partition = p.partition and h.seq >= k.seq)
        group by k.project_id order by k.project_id
        """;

    public async Task<string?> FindAsync(NpgsqlConnection owner, CutPlan plan, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, owner) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. plan.Projects], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. plan.Positions.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. plan.Positions.Values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = PartitionMap.Generation });
        var found = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.GetInt64(1)} audit chains of project {rows.GetString(0)} are not signed up to the cut: silos sign them hourly."));
        }

        return found.Count == 0 ? null : string.Join('\n', found);
    }
}
