using System.Globalization;
using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Playbooks;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>playbooks</c> are read and written in bulk.</summary>
internal static class PlaybookTable
{
    private const string Read =
        """
        select p.project_id, p.playbook_id, p.name, p.description, p.status, p.source, p.symptom_pattern::text, p.repair_steps::text,
               p.estimated_duration_minutes, p.version, p.parent_playbook_id, p.version_reason, p.success_count, p.failure_count, p.last_used_at,
               p.trust_score, p.approved_by, p.approved_at, p.tags::text, p.notes, p.requires_approval_level, p.risk_level::text, p.action_pattern,
               p.autonomy_level, p.created_at, p.updated_at
        from unnest($1, $2) as wanted (project_id, playbook_id)
        join playbooks p on p.project_id = wanted.project_id and p.playbook_id = wanted.playbook_id
        """;

    private const string Upsert =
        """
        insert into playbooks (
            project_id, playbook_id, name, description, status, source, symptom_pattern, repair_steps, estimated_duration_minutes, version,
            version_label, parent_playbook_id, version_reason, success_count, failure_count, last_used_at, trust_score, approved_by, approved_at,
            tags, notes, requires_approval_level, risk_level, action_pattern, autonomy_level, created_at, updated_at)
        select * from unnest(
            $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23::public.risk_level[],
            $24, $25, $26, $27)
        on conflict (project_id, playbook_id) do update set
            name = excluded.name, description = excluded.description, status = excluded.status, symptom_pattern = excluded.symptom_pattern,
            repair_steps = excluded.repair_steps, estimated_duration_minutes = excluded.estimated_duration_minutes, version = excluded.version,
            version_label = excluded.version_label, version_reason = excluded.version_reason, success_count = excluded.success_count,
            failure_count = excluded.failure_count, last_used_at = excluded.last_used_at, trust_score = excluded.trust_score,
            approved_by = excluded.approved_by, approved_at = excluded.approved_at, tags = excluded.tags, notes = excluded.notes,
            requires_approval_level = excluded.requires_approval_level, risk_level = excluded.risk_level, action_pattern = excluded.action_pattern,
            autonomy_level = excluded.autonomy_level, updated_at = excluded.updated_at
        """;

    public static FoldedTable<PlaybookRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<PlaybookRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Text(row => row.Key.LocalKey)
            .Text(row => row.Definition.Name, 256)
            .Text(row => row.Definition.Description)
            .Text(row => Literal.Of(row.Status))
            .Text(row => Literal.Of(row.Source))
            .Json(row => Document.Write(row.Definition.Match))
            .Json(row => Document.Write(row.Definition.Steps))
            .Integer(row => row.Definition.EstimatedDurationMinutes)
            .Integer(row => row.Version)
            .Text(row => string.Create(CultureInfo.InvariantCulture, $"v{row.Version}"), 20)
            .Text(row => row.ParentPlaybookId, 64)
            .Text(row => row.VersionReason)
            .Integer(row => row.SuccessCount)
            .Integer(row => row.FailureCount)
            .Time(row => row.LastUsedAt)
            .Double(row => row.TrustScore)
            .Text(row => row.ApprovedBy, 100)
            .Time(row => row.ApprovedAt)
            .Json(row => Document.Write(row.Definition.Tags))
            .Text(row => row.Definition.Notes)
            .Text(row => Literal.Of(row.Definition.RequiresApproval))
            .Text(row => Literal.Of(row.Definition.Risk))
            .Text(row => row.Definition.ActionPattern, 255)
            .Text(row => row.Definition.Autonomy.ToString())
            .Time(row => row.CreatedAt)
            .Time(row => row.UpdatedAt));

    private static PlaybookRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        Definition = new PlaybookDefinition
        {
            Name = reader.GetString(2),
            Description = reader.GetString(3),
            Match = Document.Read<PlaybookMatch>(reader.GetString(6))!,
            Steps = Document.Read<IReadOnlyList<RepairStep>>(reader.GetString(7))!,
            EstimatedDurationMinutes = reader.GetInt32(8),
            Tags = Document.Read<IReadOnlyList<string>>(reader.GetString(18))!,
            Notes = reader.Text(19),
            RequiresApproval = Literal.To<ApprovalLevel>(reader.GetString(20)),
            Risk = Literal.To<RiskLevel>(reader.GetString(21)),
            ActionPattern = reader.GetString(22),
            Autonomy = Literal.To<AutonomyLevel>(reader.GetString(23)),
        },
        Status = Literal.To<PlaybookStatus>(reader.GetString(4)),
        Source = Literal.To<PlaybookSource>(reader.GetString(5)),
        Version = reader.GetInt32(9),
        ParentPlaybookId = reader.Text(10),
        VersionReason = reader.Text(11),
        SuccessCount = reader.GetInt32(12),
        FailureCount = reader.GetInt32(13),
        LastUsedAt = reader.Time(14),
        TrustScore = reader.GetDouble(15),
        ApprovedBy = reader.Text(16),
        ApprovedAt = reader.Time(17),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(24),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(25),
    };
}
