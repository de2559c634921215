using System.Globalization;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads the tables of contracts for the API.</summary>
public sealed class ContractQueries
{
    private const string VersionColumns =
        """
        version, status::text, document_sha256, drafted_by, drafted_at, published_by, published_at, key_id, activated_at, deprecated_at, replaced_by,
        retired_at, reason
        """;

    internal const string ListSql =
        """
        select project_id, contract_id, kind::text, name, last_version, draft_version, published_version, active_version, created_by, created_at, updated_at
        from public.awooop_contract
        where project_id = $1
          and ($2 is null or kind = $2::public.contract_kind)
          and ($3 is null or (created_at, contract_id) < ($3, $4))
        order by created_at desc, contract_id desc
        limit $5
        """;

    internal const string VersionsSql =
        $"""
        select {VersionColumns}
        from public.awooop_contract_version
        where project_id = $1 and contract_id = $2
          and ($3 is null or version < $3)
        order by version desc
        limit $4
        """;

    internal const string FindSql =
        $"""
        select {VersionColumns}, document::text
        from public.awooop_contract_version
        where project_id = $1 and contract_id = $2 and version = $3
        """;

    internal const string SignaturesSql =
        """
        select id, version, purpose, signature_id, signer, document_sha256, key_id, hmac, signed_at
        from public.awooop_contract_signature
        where project_id = $1 and contract_id = $2
          and ($3 is null or (signed_at, id) < ($3, $4))
        order by signed_at desc, id desc
        limit $5
        """;

    private readonly TenantReader _reader;

    internal ContractQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<ContractRow>> ListAsync(string projectId, ContractFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.CreatedAt, row.ContractId), cancellationToken);

    /// <summary>Newest first, the retired ones too.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list, or to another contract.</exception>
    public Task<Page<ContractVersionRow>> VersionsAsync(string projectId, ContractId contract, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(
            projectId,
            contract,
            page,
            Versions(projectId, contract, page),
            MapVersion,
            row => new Cursor(row.DraftedAt, row.Version.ToString(CultureInfo.InvariantCulture)),
            cancellationToken);

    /// <summary>Null when there is no such version.</summary>
    public Task<ContractDocumentRow?> FindAsync(string projectId, ContractId contract, int version, CancellationToken cancellationToken) => _reader.FindAsync(
        projectId, Find(projectId, contract, version), reader => new ContractDocumentRow(MapVersion(reader), reader.GetString(13)), cancellationToken);

    /// <summary>Every seal and signature of every version, newest first.</summary>
    public Task<Page<ContractSignatureRow>> SignaturesAsync(string projectId, ContractId contract, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(
            projectId, contract, page, Signatures(projectId, contract, page), MapSignature, row => new Cursor(row.SignedAt, row.Id.ToString()), cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, ContractFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Literal(filter.Kind),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Versions(string projectId, ContractId contract, PageRequest page) => new(VersionsSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Text(contract.ToString()),
            TenantReader.Bigint(page.After is { } after ? NumberOf(after) : null),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Find(string projectId, ContractId contract, int version) => new(FindSql)
    {
        Parameters = { TenantReader.Text(projectId), TenantReader.Text(contract.ToString()), TenantReader.Integer(version) },
    };

    internal static NpgsqlBatchCommand Signatures(string projectId, ContractId contract, PageRequest page) => new(SignaturesSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Text(contract.ToString()),
            TenantReader.Time(page.After?.At),
            TenantReader.Uuid(page.After is { } after ? CursorId.ToUuid(after.Id) : null),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    private static long NumberOf(Cursor cursor) =>
        int.TryParse(cursor.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidCursorException();

    private static ContractRow Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        ContractId = reader.GetString(1),
        Kind = Literal.To<ContractKind>(reader.GetString(2)),
        Name = reader.GetString(3),
        LastVersion = reader.GetInt32(4),
        DraftVersion = reader.Integer(5),
        PublishedVersion = reader.Integer(6),
        ActiveVersion = reader.Integer(7),
        CreatedBy = reader.GetString(8),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(9),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(10),
    };

    private static ContractVersionRow MapVersion(NpgsqlDataReader reader) => new()
    {
        Version = reader.GetInt32(0),
        Status = Literal.To<ContractStatus>(reader.GetString(1)),
        DocumentSha256 = reader.GetString(2),
        DraftedBy = reader.GetString(3),
        DraftedAt = reader.GetFieldValue<DateTimeOffset>(4),
        PublishedBy = reader.Text(5),
        PublishedAt = reader.Time(6),
        KeyId = reader.Text(7),
        ActivatedAt = reader.Time(8),
        DeprecatedAt = reader.Time(9),
        ReplacedBy = reader.Integer(10),
        RetiredAt = reader.Time(11),
        Reason = reader.Text(12),
    };

    private static ContractSignatureRow MapSignature(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Version = reader.GetInt32(1),
        Purpose = reader.GetString(2),
        SignatureId = reader.Uuid(3),
        Signer = reader.GetString(4),
        DocumentSha256 = reader.GetString(5),
        KeyId = reader.GetString(6),
        Hmac = reader.GetString(7),
        SignedAt = reader.GetFieldValue<DateTimeOffset>(8),
    };
}
