using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>awooop_contract_version</c> are read and written in bulk.</summary>
internal static class ContractVersionTable
{
    // The wanted keys are {contract_id}/{version}.
    private const string Read =
        """
        select v.project_id, v.contract_id, v.version, v.status::text, v.document::text, v.document_sha256, v.drafted_by, v.drafted_at, v.published_by,
               v.published_at, v.key_id, v.activated_at, v.deprecated_at, v.replaced_by, v.retired_at, v.reason, v.updated_at
        from unnest($1, $2) as wanted (project_id, key)
        join awooop_contract_version v on v.project_id = wanted.project_id
            and v.contract_id = split_part(wanted.key, '/', 1) || '/' || split_part(wanted.key, '/', 2)
            and v.version = split_part(wanted.key, '/', 3)::integer
        """;

    private const string Upsert =
        """
        insert into awooop_contract_version (
            project_id, contract_id, version, status, document, document_sha256, drafted_by, drafted_at, published_by, published_at, key_id,
            activated_at, deprecated_at, replaced_by, retired_at, reason, updated_at)
        select * from unnest($1, $2, $3, $4::public.contract_status[], $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        on conflict (project_id, contract_id, version) do update set
            status = excluded.status, document = excluded.document, document_sha256 = excluded.document_sha256, drafted_by = excluded.drafted_by,
            drafted_at = excluded.drafted_at, published_by = excluded.published_by, published_at = excluded.published_at, key_id = excluded.key_id,
            activated_at = excluded.activated_at, deprecated_at = excluded.deprecated_at, replaced_by = excluded.replaced_by,
            retired_at = excluded.retired_at, reason = excluded.reason, updated_at = excluded.updated_at
        """;

    public static FoldedTable<ContractVersionRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<ContractVersionRecord>(Upsert)
            .Text(row => row.ProjectId)
            .Text(row => row.ContractId)
            .Integer(row => row.Version)
            .Text(row => Literal.Of(row.Status))
            .Json(row => row.Document)
            .Text(row => row.Sha256)
            .Text(row => row.DraftedBy, 100)
            .Time(row => row.DraftedAt)
            .Text(row => row.PublishedBy, 100)
            .Time(row => row.PublishedAt)
            .Text(row => row.KeyId, 64)
            .Time(row => row.ActivatedAt)
            .Time(row => row.DeprecatedAt)
            .Integer(row => row.ReplacedBy)
            .Time(row => row.RetiredAt)
            .Text(row => row.Reason)
            .Time(row => row.UpdatedAt),
        ContractVersionFold.KeyOf);

    private static ContractVersionRecord Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        ContractId = reader.GetString(1),
        Version = reader.GetInt32(2),
        Status = Literal.To<ContractStatus>(reader.GetString(3)),
        Document = reader.GetString(4),
        Sha256 = reader.GetString(5),
        DraftedBy = reader.GetString(6),
        DraftedAt = reader.GetFieldValue<DateTimeOffset>(7),
        PublishedBy = reader.Text(8),
        PublishedAt = reader.Time(9),
        KeyId = reader.Text(10),
        ActivatedAt = reader.Time(11),
        DeprecatedAt = reader.Time(12),
        ReplacedBy = reader.Integer(13),
        RetiredAt = reader.Time(14),
        Reason = reader.Text(15),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(16),
    };
}
