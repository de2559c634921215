using AwoooP.Journal;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>awooop_audit_head</c> for the API.</summary>
public sealed class AuditHeadQueries
{
    internal const string ListSql =
        """
        select project_id, generation, partition, seq, chain_no, hash, signed_at, key_id, signature
        from public.awooop_audit_head
        where project_id = $1
          and ($2 is null or signed_at >= $2)
          and ($3 is null or signed_at < $3)
          and ($4 is null or (signed_at, generation, partition, seq) < ($4, $5::smallint, $6::smallint, $7::bigint))
        order by signed_at desc, generation desc, partition desc, seq desc
        limit $8
        """;

    private readonly TenantReader _reader;

    internal AuditHeadQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
    public Task<Page<AuditHeadRow>> ListAsync(string projectId, AuditHeadFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.SignedAt, row.Position), cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, AuditHeadFilter filter, PageRequest page)
    {
        Position? after = page.After is { } cursor ? CursorId.ToPosition(cursor.Id) : null;
        return new NpgsqlBatchCommand(ListSql)
        {
            Parameters =
            {
                TenantReader.Text(projectId),
                TenantReader.Time(filter.Since),
                TenantReader.Time(filter.Until),
                TenantReader.Time(page.After?.At),
                TenantReader.Bigint(after?.Generation),
                TenantReader.Bigint(after?.Partition),
                TenantReader.Bigint(after?.Seq),
                TenantReader.Integer(page.Limit + 1),
            },
        };
    }

    /// <summary>Of the columns as <see cref="ListSql"/> has them.</summary>
    internal static AuditHeadRow Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        Position = new Position(reader.GetInt16(1), reader.GetInt16(2), reader.GetInt64(3)).ToString(),
        ChainNo = reader.GetInt64(4),
        Hash = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(5)),
        SignedAt = reader.GetFieldValue<DateTimeOffset>(6),
        KeyId = reader.GetString(7),
        Signature = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(8)),
    };
}
