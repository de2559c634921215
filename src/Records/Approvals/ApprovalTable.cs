using AwoooP.Approvals;
using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>approval_records</c> are read and written in bulk.</summary>
internal static class ApprovalTable
{
    private const string Read =
        """
        select a.project_id, a.id, a.action, a.description, a.status::text, a.risk_level::text, a.blast_radius::text, a.requested_by, a.rejection_reason,
               a.extra_metadata::text, a.fingerprint, a.hit_count, a.last_seen_at, a.approval_level, a.approval_votes::text, a.required_votes,
               a.incident_id, a.matched_playbook_id, a.created_at, a.updated_at, a.expires_at, a.resolved_at
        from unnest($1, $2) as wanted (project_id, id)
        join approval_records a on a.project_id = wanted.project_id and a.id = wanted.id
        """;

    private const string Upsert =
        """
        insert into approval_records (
            project_id, id, action, description, status, risk_level, required_signatures, current_signatures, signatures, blast_radius,
            requested_by, rejection_reason, extra_metadata, fingerprint, hit_count, last_seen_at, approval_level, approval_votes, required_votes,
            incident_id, matched_playbook_id, created_at, updated_at, expires_at, resolved_at)
        select * from unnest(
            $1, $2, $3, $4, $5::public.approval_status[], $6::public.risk_level[], $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
            $20, $21, $22, $23, $24, $25)
        on conflict (project_id, id) do update set
            status = excluded.status, current_signatures = excluded.current_signatures, signatures = excluded.signatures,
            rejection_reason = excluded.rejection_reason, extra_metadata = excluded.extra_metadata, approval_votes = excluded.approval_votes,
            updated_at = excluded.updated_at, resolved_at = excluded.resolved_at
        """;

    public static FoldedTable<ApprovalRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<ApprovalRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Text(row => row.Key.LocalKey)
            .Text(row => row.Action, 500)
            .Text(row => row.Description)
            .Text(row => Literal.Of(row.Status))
            .Text(row => Literal.Of(row.Risk))
            .Integer(row => row.RequiredVotes)
            .Integer(row => row.Signatures.Count)
            .Json(row => Document.Write(row.Signatures))
            .Json(row => Document.Write(row.BlastRadius))
            .Text(row => row.RequestedBy, 100)
            .Text(row => row.RejectionReason)
            .Json(row => Document.Write(row.Metadata))
            .Text(row => row.Fingerprint, 64)
            .Integer(row => row.HitCount)
            .Time(row => row.LastSeenAt)
            .Text(row => Literal.Of(row.Level))
            .Json(row => Document.Write(row.Votes))
            .Integer(row => row.RequiredVotes)
            .Text(row => row.IncidentId, 64)
            .Text(row => row.PlaybookId, 64)
            .Time(row => row.CreatedAt)
            .Time(row => row.UpdatedAt)
            .Time(row => row.ExpiresAt)
            .Time(row => row.ResolvedAt));

    private static ApprovalRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        Action = reader.GetString(2),
        Description = reader.GetString(3),
        Status = Literal.To<ApprovalStatus>(reader.GetString(4)),
        Risk = Literal.To<RiskLevel>(reader.GetString(5)),
        BlastRadius = Document.Read<BlastRadius>(reader.GetString(6))!,
        RequestedBy = reader.GetString(7),
        RejectionReason = reader.Text(8),
        Metadata = Document.Read<ApprovalMetadata>(reader.GetString(9))!,
        Fingerprint = reader.GetString(10),
        HitCount = reader.GetInt32(11),
        LastSeenAt = reader.GetFieldValue<DateTimeOffset>(12),
        Level = Literal.To<ApprovalLevel>(reader.GetString(13)),
        Votes = Document.Read<IReadOnlyList<ApprovalVote>>(reader.GetString(14)) ?? [],
        RequiredVotes = reader.GetInt32(15),
        IncidentId = reader.GetString(16),
        PlaybookId = reader.GetString(17),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(18),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(19),
        ExpiresAt = reader.GetFieldValue<DateTimeOffset>(20),
        ResolvedAt = reader.Time(21),
    };
}
