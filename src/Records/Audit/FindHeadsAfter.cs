using AwoooP.Records.Projecting;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records;

/// <summary>The signed heads of chains behind those that are known already, the oldest first, some of each chain at a time. As awooop_app.</summary>
internal static class FindHeadsAfter
{
    private const string EnterSql = "select set_config('awooop.project_ids', $1, true)";

    private const string Sql =
        """
        select h.project_id, h.generation, h.partition, h.seq, h.chain_no, h.hash, h.signed_at, h.key_id, h.signature
        from unnest($1) as p (project_id)
        cross join unnest($3) as n (partition)
        left join unnest($4, $5, $6) as k (project_id, partition, seq) on k.project_id = p.project_id and k.partition = n.partition
        cross join lateral (
            select a.project_id, a.generation, a.partition, a.seq, a.chain_no, a.hash, a.signed_at, a.key_id, a.signature
            from public.awooop_audit_head a
            where a.project_id = p.project_id and a.generation = $2 and a.partition = n.partition and a.seq > coalesce(k.seq, 0)
            order by a.seq
            limit 100) h
        order by h.project_id, h.partition, h.seq
        """;

    /// <param name="app">Role awooop_app.</param>
    /// <param name="projects">Whose chains; they are entered.</param>
    /// <param name="generation">Of the chains.</param>
    /// <param name="partitions">Which of their chains.</param>
    /// <param name="known">Of a chain, the head to begin behind; every head of one that is not among them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<(AuditChain Chain, long Seq, AuditHeadRow Row)>> ExecuteAsync(
        NpgsqlDataSource app,
        IReadOnlyList<string> projects,
        int generation,
        IReadOnlyCollection<short> partitions,
        IReadOnlyDictionary<AuditChain, long> known,
        CancellationToken cancellationToken)
    {
        var asked = projects.ToHashSet(StringComparer.Ordinal);
        var ends = known.Where(pair => pair.Key.Generation == generation && asked.Contains(pair.Key.ProjectId)).ToList();
        await using var connection = await app.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var enter = new NpgsqlCommand(EnterSql, connection))
        {
            enter.Parameters.Add(new NpgsqlParameter<string> { TypedValue = string.Join(',', projects) });
            await enter.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(Sql, connection);
        command.AddArray(NpgsqlDbType.Text, projects);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)generation });
        command.AddArray(NpgsqlDbType.Smallint, partitions);
        command.AddArray(NpgsqlDbType.Text, ends.Select(static end => end.Key.ProjectId));
        command.AddArray(NpgsqlDbType.Smallint, ends.Select(static end => end.Key.Partition));
        command.AddArray(NpgsqlDbType.Bigint, ends.Select(static end => end.Value));
        var found = new List<(AuditChain, long, AuditHeadRow)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add((new AuditChain(rows.GetString(0), rows.GetInt16(1), rows.GetInt16(2)), rows.GetInt64(3), AuditHeadQueries.Map(rows)));
        return found;
    }
}
