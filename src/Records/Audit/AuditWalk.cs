using AwoooP.Audit;
using AwoooP.Journal;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>The statements that walk the chains of a project in their order, a page at a time.</summary>
internal sealed class AuditWalk(TenantReader reader)
{
    // What the log has, by a lookup of its own for each row, whatever the planner thinks of the tables; the time says in which month.
    private const string RowsSql =
        """
        select a.project_id, a.generation, a.partition, a.seq, a.chain_no, a.at, a.act, a.actor, a.object_type, a.object_id, a.object_version,
               a.outcome, a.reason, a.command_id, a.causation, a.trace_id, a.data_sha256, a.previous_hash, a.hash, l.type, l.actor, l.data_sha256
        from public.awooop_audit_event a
        left join lateral (
            select v.type, v.actor, sha256(convert_to(v.data::text, 'UTF8')) as data_sha256
            from journal.event v
            where v.project_id = a.project_id and v.generation = a.generation and v.partition = a.partition and v.seq = a.seq and v.at = a.at
            limit 1) l on true
        where a.project_id = $1 and ($2 is null or (a.generation, a.partition, a.seq) > ($2::smallint, $3::smallint, $4::bigint))
        order by a.generation, a.partition, a.seq
        limit $5
        """;

    private const string LinkSql =
        """
        select seq, chain_no, hash
        from public.awooop_audit_event
        where project_id = $1 and generation = $2 and partition = $3 and seq = $4
        """;

    // The row of each head by a lookup of its own, whatever the planner thinks of the tables.
    private const string HeadsSql =
        """
        select h.generation, h.partition, h.seq, h.chain_no, h.hash, h.signed_at, h.key_id, h.signature, a.chain_no, a.hash
        from public.awooop_audit_head h
        left join lateral (
            select e.chain_no, e.hash from public.awooop_audit_event e
            where e.project_id = h.project_id and e.generation = h.generation and e.partition = h.partition and e.seq = h.seq
            limit 1) a on true
        where h.project_id = $1 and ($2 is null or (h.generation, h.partition, h.seq) > ($2::smallint, $3::smallint, $4::bigint))
        order by h.generation, h.partition, h.seq
        limit $5
        """;

    /// <summary>Rows after a position, or from the first on.</summary>
    public Task<List<AuditRowMatch>> RowsAsync(string projectId, Position? after, int limit, CancellationToken cancellationToken) =>
        reader.ListAsync(projectId, Page(RowsSql, projectId, after, limit), MapRow, cancellationToken);

    public Task<List<AuditHeadMatch>> HeadsAsync(string projectId, Position? after, int limit, CancellationToken cancellationToken) =>
        reader.ListAsync(projectId, Page(HeadsSql, projectId, after, limit), row => MapHead(projectId, row), cancellationToken);

    /// <summary>The row at a position as the next one sees it, or null.</summary>
    public Task<AuditLink?> LinkAsync(string projectId, Position position, CancellationToken cancellationToken) => reader.FindAsync(
        projectId,
        new NpgsqlBatchCommand(LinkSql)
        {
            Parameters =
            {
                TenantReader.Text(projectId),
                TenantReader.Integer(position.Generation),
                TenantReader.Integer(position.Partition),
                TenantReader.Bigint(position.Seq),
            },
        },
        row => new AuditLink(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
        cancellationToken);

    private static NpgsqlBatchCommand Page(string sql, string projectId, Position? after, int limit) => new(sql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Bigint(after?.Generation),
            TenantReader.Bigint(after?.Partition),
            TenantReader.Bigint(after?.Seq),
            TenantReader.Integer(limit),
        },
    };

    private static AuditRowMatch MapRow(NpgsqlDataReader row) =>
        new(MapEntry(row), row.IsDBNull(19) ? null : new LoggedAct(row.GetString(19), row.GetString(20), row.GetFieldValue<byte[]>(21)));

    private static AuditEntry MapEntry(NpgsqlDataReader row) => new()
    {
        Chain = new AuditChain(row.GetString(0), row.GetInt16(1), row.GetInt16(2)),
        Seq = row.GetInt64(3),
        ChainNo = row.GetInt64(4),
        At = row.GetFieldValue<DateTimeOffset>(5),
        Act = row.GetString(6),
        Actor = row.GetString(7),
        ObjectType = row.GetString(8),
        ObjectId = row.GetString(9),
        ObjectVersion = row.GetInt64(10),
        Outcome = row.GetString(11),
        Reason = row.Text(12),
        CommandId = row.Uuid(13),
        Causation = row.Text(14),
        TraceId = row.Text(15),
        DataSha256 = row.GetFieldValue<byte[]>(16),
        PreviousHash = row.GetFieldValue<byte[]>(17),
        Hash = row.GetFieldValue<byte[]>(18),
    };

    private static AuditHeadMatch MapHead(string projectId, NpgsqlDataReader row)
    {
        var seq = row.GetInt64(2);
        var head = new AuditHead(
            new AuditChain(projectId, row.GetInt16(0), row.GetInt16(1)),
            new AuditLink(seq, row.GetInt64(3), row.GetFieldValue<byte[]>(4)),
            row.GetFieldValue<DateTimeOffset>(5));
        return new AuditHeadMatch(
            new SignedAuditHead(head, new AuditSignature(row.GetString(6), row.GetFieldValue<byte[]>(7))),
            row.IsDBNull(8) ? null : new AuditLink(seq, row.GetInt64(8), row.GetFieldValue<byte[]>(9)));
    }
}

/// <summary>A row, and the event at its position and time in the log.</summary>
internal sealed record AuditRowMatch(AuditEntry Entry, LoggedAct? Logged);

/// <summary>What the log says of an act.</summary>
internal sealed record LoggedAct(string Type, string Actor, byte[] DataSha256);

/// <summary>A signed head, and the row that stands at its position now.</summary>
internal sealed record AuditHeadMatch(SignedAuditHead Signed, AuditLink? Row);
