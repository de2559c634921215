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

    // What the projection has passed, not held back and not given up must have its row. The first act behind the end decides: the chain was read a moment before, so it may
    // have gone on since, and when it has, this act has its row by now.
    private const string TailSql =
        """
        select n.seq
        from (
            select e.seq
            from journal.event e
            where e.project_id = $1 and e.generation = $2 and e.partition = $3 and e.seq > $4 and e.seq <= $7 and e.type = any($5)
              and (e.type <> all($8) or e.grain_key = $9)
              and e.seq <= (select c.seq from journal.cursor c where c.consumer = $6 and c.partition = $3 and c.generation = $2)
              and e.seq < coalesce(
                  (select min(d.seq) from journal.dead_letter d where d.project_id = $1 and d.consumer = $6 and d.partition = $3 and d.generation = $2),
                  9223372036854775807)
              and not exists (
                  select from journal.discarded_event g
                  where g.project_id = $1 and g.consumer = $6 and g.generation = $2 and g.partition = $3 and g.seq = e.seq)
            order by e.seq
            limit 1) n
        where not exists (
            select from public.awooop_audit_event a
            where a.project_id = $1 and a.generation = $2 and a.partition = $3 and a.seq = n.seq)
        """;

    private const string HeldSql =
        """
        select d.generation, d.partition, min(d.seq), count(*)
        from journal.dead_letter d
        where d.project_id = $1 and d.consumer = $2
        group by d.generation, d.partition
        order by d.generation, d.partition
        limit $3
        """;

    // Partitions without a chain are found first, by a lookup of their own each; then what the grains there have in the log, by their keys. Asked of
    // the log by itself, the same would read it whole: no index leads to the events of a project in a partition.
    private const string ChainlessSql =
        """
        with chainless as materialized (
            select c.partition, c.generation,
                   least(c.seq, (select min(d.seq) - 1 from journal.dead_letter d
                                 where d.project_id = $1 and d.consumer = $3 and d.partition = c.partition and d.generation = c.generation)) as seq
            from journal.cursor c
            left join lateral (
                select true as is_there from public.awooop_audit_event a
                where a.project_id = $1 and a.generation = c.generation and a.partition = c.partition
                limit 1) r on true
            where c.consumer = $3 and r.is_there is null)
        select e.generation, e.partition, e.seq
        from chainless c
        join journal.grain g on g.project_id = $1 and g.partition = c.partition
        cross join lateral (
            select v.generation, v.partition, v.seq
            from journal.event v
            where v.project_id = $1 and v.grain_type = g.grain_type and v.grain_key = g.grain_key
              and v.generation = c.generation and v.partition = c.partition and v.seq <= c.seq and v.type = any($2)
              and (v.type <> all($4) or v.grain_key = $5)
              and not exists (
                  select from journal.discarded_event g
                  where g.project_id = $1 and g.consumer = $3 and g.generation = v.generation and g.partition = v.partition and g.seq = v.seq)
            order by v.version
            limit 1) e
        limit 1
        """;

    private const string CutSql = "select max(c.before) from journal.log_cut c";

    /// <summary>Events of a partition, of all its projects, that are looked at behind the end of a chain: an old chain in a busy partition has no end of them.</summary>
    private const int TailEvents = 100_000;

    /// <summary>Chains that are told of at most.</summary>
    private const int MaxHeld = 256;

    private static readonly string[] Acts = [.. AuditActs.Types];
    private static readonly string[] Calls = [.. AuditActs.CallTypes];

    /// <summary>Where the log begins, or null when it is whole.</summary>
    public async Task<DateTimeOffset?> FindCutAsync(string projectId, CancellationToken cancellationToken) =>
        (await reader.ListAsync(projectId, new NpgsqlBatchCommand(CutSql), static row => row.Time(0), cancellationToken)).Single();

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

    /// <summary>The first act in the log behind the end of a chain that should have a row, or null.</summary>
    public Task<Position?> MissingAfterAsync(AuditChain chain, long seq, CancellationToken cancellationToken) =>
        FirstMissingAsync(chain, seq, Math.Min(seq, long.MaxValue - TailEvents) + TailEvents, cancellationToken);

    /// <summary>Whether the log has an act at this place of the chain that should have a row, and has none.</summary>
    public async Task<bool> IsMissingAsync(AuditChain chain, long seq, CancellationToken cancellationToken) =>
        await FirstMissingAsync(chain, seq - 1, seq, cancellationToken) is not null;

    private async Task<Position?> FirstMissingAsync(AuditChain chain, long after, long last, CancellationToken cancellationToken)
    {
        var found = await reader.ListAsync(
            chain.ProjectId,
            new NpgsqlBatchCommand(TailSql)
            {
                Parameters =
                {
                    TenantReader.Text(chain.ProjectId),
                    TenantReader.Integer(chain.Generation),
                    TenantReader.Integer(chain.Partition),
                    TenantReader.Bigint(after),
                    TenantReader.Texts(Acts),
                    TenantReader.Text(AuditProjection.ProjectionName),
                    TenantReader.Bigint(last),
                    TenantReader.Texts(Calls),
                    TenantReader.Text(AuditActs.CallsOf(chain.ProjectId)),
                },
            },
            row => row.GetInt64(0),
            cancellationToken);
        return found is [var missing] ? new Position(chain.Generation, chain.Partition, missing) : null;
    }

    /// <summary>An act in a partition where the project has no chain, or null.</summary>
    public async Task<Position?> MissingChainAsync(string projectId, CancellationToken cancellationToken)
    {
        var found = await reader.ListAsync(
            projectId, Chainless(projectId), row => new Position(row.GetInt16(0), row.GetInt16(1), row.GetInt64(2)), cancellationToken);
        return found is [var missing] ? missing : null;
    }

    internal static NpgsqlBatchCommand Chainless(string projectId) => new(ChainlessSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Texts(Acts),
            TenantReader.Text(AuditProjection.ProjectionName),
            TenantReader.Texts(Calls),
            TenantReader.Text(AuditActs.CallsOf(projectId)),
        },
    };

    /// <summary>Chains that cannot go on, since an event was held back.</summary>
    public Task<List<HeldAuditChain>> HeldAsync(string projectId, CancellationToken cancellationToken) => reader.ListAsync(
        projectId,
        new NpgsqlBatchCommand(HeldSql)
        {
            Parameters = { TenantReader.Text(projectId), TenantReader.Text(AuditProjection.ProjectionName), TenantReader.Integer(MaxHeld) },
        },
        static row =>
        {
            var first = new Position(row.GetInt16(0), row.GetInt16(1), row.GetInt64(2));
            return new HeldAuditChain(first.Partition, first.ToString(), row.GetInt64(3));
        },
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
