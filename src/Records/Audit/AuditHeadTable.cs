using AwoooP.Records.Projecting;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records;

/// <summary>Which chains are to be signed, and how their heads are written. As awooop_app, for some projects at a time.</summary>
internal sealed class AuditHeadTable(NpgsqlDataSource app)
{
    private const string EnterSql = "select set_config('awooop.project_ids', $1, true)";

    // A head behind the end of its chain is none that was signed, and the time of one that lies in the future is none that it was signed at: whoever put it there does not
    // keep the chain from being signed.
    private const string MovedSql =
        """
        select k.project_id, k.partition, e.seq, e.chain_no, e.hash
        from unnest($1) as p (project_id)
        cross join unnest($3) as n (partition)
        cross join lateral (select p.project_id, n.partition) k
        cross join lateral (
            select a.seq, a.chain_no, a.hash from public.awooop_audit_event a
            where a.project_id = k.project_id and a.generation = $2 and a.partition = k.partition
            order by a.seq desc limit 1) e
        left join lateral (
            select h.seq, h.signed_at from public.awooop_audit_head h
            where h.project_id = k.project_id and h.generation = $2 and h.partition = k.partition and h.seq <= e.seq
            order by h.seq desc limit 1) s on true
        where s.seq is null or (s.seq < e.seq and (s.signed_at <= $4 or s.signed_at > $5))
        """;

    // Another silo may have signed the same row meanwhile, and the project may have been taken out since its chain was read.
    private static readonly BulkStatement<SignedAuditHead> Insert = new BulkStatement<SignedAuditHead>(
        """
        insert into public.awooop_audit_head (project_id, generation, partition, seq, chain_no, hash, signed_at, key_id, signature)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) h(project_id, generation, partition, seq, chain_no, hash, signed_at, key_id, signature)
        where not exists (select from journal.removed_project r where r.id = h.project_id)
        on conflict do nothing
        """)
        .Text(signed => signed.Head.Chain.ProjectId)
        .Smallint(signed => (short)signed.Head.Chain.Generation)
        .Smallint(signed => signed.Head.Chain.Partition)
        .Bigint(signed => signed.Head.Link.Seq)
        .Bigint(signed => signed.Head.Link.ChainNo)
        .Bytes(signed => signed.Head.Link.Hash)
        .Time(signed => signed.Head.SignedAt)
        .Text(signed => signed.Signature.KeyId)
        .Bytes(signed => signed.Signature.Value.ToArray());

    /// <summary>The ends of those chains that have moved on since they were signed, and that were not signed after <paramref name="before"/> and by <paramref name="now"/>.</summary>
    public async Task<List<(AuditChain Chain, AuditLink End)>> FindMovedAsync(
        IReadOnlyList<string> projects,
        int generation,
        IReadOnlyCollection<short> partitions,
        DateTimeOffset before,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var connection = await app.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await EnterAsync(connection, projects, cancellationToken);
        await using var command = new NpgsqlCommand(MovedSql, connection);
        command.AddArray(NpgsqlDbType.Text, projects);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)generation });
        command.AddArray(NpgsqlDbType.Smallint, partitions);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.ToUniversalTime() });
        var moved = new List<(AuditChain, AuditLink)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            moved.Add((
                new AuditChain(rows.GetString(0), generation, rows.GetInt16(1)),
                new AuditLink(rows.GetInt64(2), rows.GetInt64(3), rows.GetFieldValue<byte[]>(4))));
        }

        return moved;
    }

    public async Task AddAsync(IReadOnlyList<SignedAuditHead> heads, CancellationToken cancellationToken)
    {
        await using var connection = await app.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await EnterAsync(connection, heads.Select(signed => signed.Head.Chain.ProjectId).Distinct(StringComparer.Ordinal), cancellationToken);
        await Insert.ExecuteAsync(connection, heads, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task EnterAsync(NpgsqlConnection connection, IEnumerable<string> projects, CancellationToken cancellationToken)
    {
        await using var enter = new NpgsqlCommand(EnterSql, connection);
        enter.Parameters.Add(new NpgsqlParameter<string> { TypedValue = string.Join(',', projects) });
        await enter.ExecuteNonQueryAsync(cancellationToken);
    }
}
