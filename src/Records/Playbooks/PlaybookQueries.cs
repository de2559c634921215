using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Playbooks;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>playbooks</c> for the API.</summary>
public sealed class PlaybookQueries
{
    private const string Columns =
        """
        playbook_id, project_id, name, description, status, source, symptom_pattern::text, repair_steps::text, estimated_duration_minutes,
        version, version_label, parent_playbook_id, version_reason, success_count, failure_count, last_used_at, trust_score, approved_by,
        approved_at, tags::text, notes, requires_approval_level, risk_level::text, action_pattern, autonomy_level, review_required,
        created_at, updated_at
        """;

    internal const string ListSql =
        $"""
        select {Columns}
        from public.playbooks
        where project_id = $1
          and ($2 is null or status = $2)
          and ($3 is null or (created_at, playbook_id) < ($3, $4))
        order by created_at desc, playbook_id desc
        limit $5
        """;

    internal const string FindSql =
        $"""
        select {Columns}
        from public.playbooks
        where project_id = $1 and playbook_id = $2
        """;

    private readonly TenantReader _reader;

    internal PlaybookQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<PlaybookRow>> ListAsync(string projectId, PlaybookFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.CreatedAt, row.PlaybookId), cancellationToken);

    public Task<PlaybookRow?> FindAsync(string projectId, string playbookId, CancellationToken cancellationToken) =>
        _reader.FindAsync(projectId, Find(projectId, playbookId), Map, cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, PlaybookFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Literal(filter.Status),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Find(string projectId, string playbookId) => new(FindSql)
    {
        Parameters = { TenantReader.Text(projectId), TenantReader.Text(playbookId) },
    };

    private static PlaybookRow Map(NpgsqlDataReader reader) => new()
    {
        PlaybookId = reader.GetString(0),
        ProjectId = reader.GetString(1),
        Name = reader.GetString(2),
        Description = reader.GetString(3),
        Status = Literal.To<PlaybookStatus>(reader.GetString(4)),
        Source = Literal.To<PlaybookSource>(reader.GetString(5)),
        SymptomPattern = reader.Json(6),
        RepairSteps = reader.Json(7),
        EstimatedDurationMinutes = reader.GetInt32(8),
        Version = reader.GetInt32(9),
        VersionLabel = reader.GetString(10),
        ParentPlaybookId = reader.Text(11),
        VersionReason = reader.Text(12),
        SuccessCount = reader.GetInt32(13),
        FailureCount = reader.GetInt32(14),
        LastUsedAt = reader.Time(15),
        TrustScore = reader.GetDouble(16),
        ApprovedBy = reader.Text(17),
        ApprovedAt = reader.Time(18),
        Tags = reader.Json(19),
        Notes = reader.Text(20),
        RequiresApprovalLevel = Literal.To<ApprovalLevel>(reader.GetString(21)),
        RiskLevel = Literal.To<RiskLevel>(reader.GetString(22)),
        ActionPattern = reader.GetString(23),
        AutonomyLevel = Literal.To<AutonomyLevel>(reader.GetString(24)),
        ReviewRequired = reader.GetBoolean(25),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(26),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(27),
    };
}
