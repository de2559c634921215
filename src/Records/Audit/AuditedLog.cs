using AwoooP.Journal;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>What the log says of a project's chains: where it begins, which acts have no row although they should, and what is held back.</summary>
internal sealed class AuditedLog(TenantReader reader)
{
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
}
