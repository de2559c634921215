using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>approval_records</c> for the API.</summary>
public sealed class ApprovalQueries
{
    private const string Columns =
        """
        id, project_id, action, description, status::text, risk_level::text, approval_level, required_votes, current_signatures,
        approval_votes::text, blast_radius::text, requested_by, rejection_reason, extra_metadata::text, fingerprint, hit_count,
        incident_id, matched_playbook_id, created_at, updated_at, expires_at, resolved_at
        """;

    internal const string ListSql =
        $"""
        select {Columns}
        from public.approval_records
        where project_id = $1
          and ($2 is null or status = $2::public.approval_status)
          and ($3 is null or incident_id = $3)
          and ($4 is null or (created_at, id) < ($4, $5))
        order by created_at desc, id desc
        limit $6
        """;

    internal const string FindSql =
        $"""
        select {Columns}
        from public.approval_records
        where project_id = $1 and id = $2
        """;

    private readonly TenantReader _reader;

    internal ApprovalQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<ApprovalRow>> ListAsync(string projectId, ApprovalFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.CreatedAt, row.Id), cancellationToken);

    public Task<ApprovalRow?> FindAsync(string projectId, Guid approvalId, CancellationToken cancellationToken) =>
        _reader.FindAsync(projectId, Find(projectId, approvalId), Map, cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, ApprovalFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Literal(filter.Status),
            TenantReader.Text(filter.IncidentId),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Find(string projectId, Guid approvalId) => new(FindSql)
    {
        Parameters = { TenantReader.Text(projectId), TenantReader.Text(approvalId.ToString()) },
    };

    private static ApprovalRow Map(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        ProjectId = reader.GetString(1),
        Action = reader.GetString(2),
        Description = reader.GetString(3),
        Status = Literal.To<ApprovalStatus>(reader.GetString(4)),
        RiskLevel = Literal.To<RiskLevel>(reader.GetString(5)),
        ApprovalLevel = reader.GetString(6),
        RequiredVotes = reader.GetInt32(7),
        CurrentSignatures = reader.GetInt32(8),
        ApprovalVotes = reader.Json(9),
        BlastRadius = reader.Json(10),
        RequestedBy = reader.GetString(11),
        RejectionReason = reader.Text(12),
        ExtraMetadata = reader.Json(13),
        Fingerprint = reader.Text(14),
        HitCount = reader.GetInt32(15),
        IncidentId = reader.Text(16),
        MatchedPlaybookId = reader.Text(17),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(18),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(19),
        ExpiresAt = reader.Time(20),
        ResolvedAt = reader.Time(21),
    };
}
