using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>awooop_audit_event</c> for the API.</summary>
public sealed class AuditEventQueries
{
    private const string Columns =
        """
        project_id, generation, partition, seq, chain_no, at, act, actor, object_type, object_id, object_version, outcome, reason,
        command_id, causation, trace_id, data_sha256, previous_hash, hash
        """;

    internal const string ListSql =
        $"""
        select {Columns}
        from public.awooop_audit_event
        where project_id = $1
          and ($2 is null or actor = $2)
          and ($3 is null or act = $3)
          and ($4 is null or outcome = $4)
          and ($5 is null or object_id = $5)
          and ($6 is null or at >= $6)
          and ($7 is null or at < $7)
          and ($8 is null or (at, generation, partition, seq) < ($8, $9::smallint, $10::smallint, $11::bigint))
        order by at desc, generation desc, partition desc, seq desc
        limit $12
        """;

    internal const string FindSql =
        $"""
        select {Columns}
        from public.awooop_audit_event
        where project_id = $1 and generation = $2 and partition = $3 and seq = $4
        """;

    private readonly TenantReader _reader;

    internal AuditEventQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
    public Task<Page<AuditEventRow>> ListAsync(string projectId, AuditEventFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.At, row.Position), cancellationToken);

    /// <summary>The act at a position of the log, or null when there is none.</summary>
    public Task<AuditEventRow?> FindAsync(string projectId, Position position, CancellationToken cancellationToken) =>
        _reader.FindAsync(projectId, Find(projectId, position), Map, cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, AuditEventFilter filter, PageRequest page)
    {
        Position? after = page.After is { } cursor ? CursorId.ToPosition(cursor.Id) : null;
        return new NpgsqlBatchCommand(ListSql)
        {
            Parameters =
            {
                TenantReader.Text(projectId),
                TenantReader.Text(filter.Actor),
                TenantReader.Text(filter.Act),
                TenantReader.Literal(filter.Outcome),
                TenantReader.Text(filter.ObjectId),
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

    internal static NpgsqlBatchCommand Find(string projectId, Position position) => new(FindSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Integer(position.Generation),
            TenantReader.Integer(position.Partition),
            TenantReader.Bigint(position.Seq),
        },
    };

    private static AuditEventRow Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        Position = new Position(reader.GetInt16(1), reader.GetInt16(2), reader.GetInt64(3)).ToString(),
        ChainNo = reader.GetInt64(4),
        At = reader.GetFieldValue<DateTimeOffset>(5),
        Act = reader.GetString(6),
        Actor = reader.GetString(7),
        ActorRole = Actors.RoleOf(reader.GetString(7)),
        ObjectType = reader.GetString(8),
        ObjectId = reader.GetString(9),
        ObjectVersion = reader.GetInt64(10),
        Outcome = Literal.To<AuditOutcome>(reader.GetString(11)),
        Reason = reader.Text(12),
        CommandId = reader.Uuid(13),
        Causation = reader.Text(14),
        TraceId = reader.Text(15),
        DataSha256 = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(16)),
        PreviousHash = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(17)),
        Hash = Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(18)),
    };
}
