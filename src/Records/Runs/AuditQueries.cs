using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>audit_logs</c> for the API.</summary>
public sealed class AuditQueries
{
    internal const string ListSql =
        """
        select id, project_id, approval_id, operation_type, target_resource, namespace, success, error_message, executed_by,
               execution_duration_ms, dry_run_passed, dry_run_message, authorization_channel, retry_count, failure_classification, created_at
        from public.audit_logs
        where project_id = $1
          and ($2 is null or approval_id = $2)
          and ($3 is null or success = $3)
          and ($4 is null or created_at >= $4)
          and ($5 is null or created_at < $5)
          and ($6 is null or (created_at, id) < ($6, $7))
        order by created_at desc, id desc
        limit $8
        """;

    private readonly TenantReader _reader;

    internal AuditQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<AuditRow>> ListAsync(string projectId, AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.CreatedAt, row.Id), cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, AuditFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Text(filter.ApprovalId),
            TenantReader.Boolean(filter.Success),
            TenantReader.Time(filter.Since),
            TenantReader.Time(filter.Until),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    private static AuditRow Map(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        ProjectId = reader.GetString(1),
        ApprovalId = reader.GetString(2),
        OperationType = reader.GetString(3),
        TargetResource = reader.GetString(4),
        Namespace = reader.GetString(5),
        Success = reader.GetBoolean(6),
        ErrorMessage = reader.Text(7),
        ExecutedBy = reader.GetString(8),
        ExecutionDurationMs = reader.Integer(9),
        DryRunPassed = reader.GetBoolean(10),
        DryRunMessage = reader.Text(11),
        AuthorizationChannel = reader.Text(12),
        RetryCount = reader.GetInt32(13),
        FailureClassification = reader.Text(14),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(15),
    };
}
