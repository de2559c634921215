using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>awooop_contract</c> are read and written in bulk.</summary>
internal static class ContractTable
{
    private const string Read =
        """
        select c.project_id, c.contract_id, c.last_version, c.draft_version, c.active_version, c.created_by, c.created_at, c.updated_at
        from unnest($1, $2) as wanted (project_id, contract_id)
        join awooop_contract c on c.project_id = wanted.project_id and c.contract_id = wanted.contract_id
        """;

    private const string Upsert =
        """
        insert into awooop_contract (
            project_id, contract_id, kind, name, last_version, draft_version, active_version, created_by, created_at, updated_at)
        select * from unnest($1, $2, $3::public.contract_kind[], $4, $5, $6, $7, $8, $9, $10)
        on conflict (project_id, contract_id) do update set
            last_version = excluded.last_version, draft_version = excluded.draft_version,
            active_version = excluded.active_version, updated_at = excluded.updated_at
        """;

    public static FoldedTable<ContractRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<ContractRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Text(row => row.Key.LocalKey)
            .Text(row => Literal.Of(ContractId.Parse(row.Key.LocalKey).Kind))
            .Text(row => ContractId.Parse(row.Key.LocalKey).Name)
            .Integer(row => row.LastVersion)
            .Integer(row => row.DraftVersion)
            .Integer(row => row.ActiveVersion)
            .Text(row => row.CreatedBy, 100)
            .Time(row => row.CreatedAt)
            .Time(row => row.UpdatedAt));

    /// <summary>The newest version that waits for signatures. Several may at once, so one event alone does not tell which is left.</summary>
    public static BulkStatement<AggregateKey> FindPublished { get; } = new BulkStatement<AggregateKey>(
        """
        update awooop_contract c set published_version = (
            select max(v.version) from awooop_contract_version v
            where v.project_id = c.project_id and v.contract_id = c.contract_id and v.status = 'published')
        from unnest($1, $2) as touched (project_id, contract_id)
        where c.project_id = touched.project_id and c.contract_id = touched.contract_id
        """)
        .Text(static key => key.ProjectId)
        .Text(static key => key.LocalKey);

    private static ContractRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        LastVersion = reader.GetInt32(2),
        DraftVersion = reader.Integer(3),
        ActiveVersion = reader.Integer(4),
        CreatedBy = reader.GetString(5),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(6),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(7),
    };
}
