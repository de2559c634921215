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
        select c.project_id, c.contract_id, c.last_version, c.draft_version, c.published_version, c.active_version, c.created_by, c.created_at, c.updated_at
        from unnest($1, $2) as wanted (project_id, contract_id)
        join awooop_contract c on c.project_id = wanted.project_id and c.contract_id = wanted.contract_id
        """;

    private const string Upsert =
        """
        insert into awooop_contract (
            project_id, contract_id, kind, name, last_version, draft_version, published_version, active_version, created_by, created_at, updated_at)
        select * from unnest($1, $2, $3::public.contract_kind[], $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (project_id, contract_id) do update set
            last_version = excluded.last_version, draft_version = excluded.draft_version, published_version = excluded.published_version,
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
            .Integer(row => row.PublishedVersion)
            .Integer(row => row.ActiveVersion)
            .Text(row => row.CreatedBy, 100)
            .Time(row => row.CreatedAt)
            .Time(row => row.UpdatedAt));

    private static ContractRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        LastVersion = reader.GetInt32(2),
        DraftVersion = reader.Integer(3),
        PublishedVersion = reader.Integer(4),
        ActiveVersion = reader.Integer(5),
        CreatedBy = reader.GetString(6),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(7),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(8),
    };
}
