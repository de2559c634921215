using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>trust_records</c> are read and written in bulk.</summary>
internal static class TrustTable
{
    private const string Read =
        """
        select t.project_id, t.action_pattern, t.score, t.total_approvals, t.total_rejections, t.last_approval_by, t.last_approval_at,
               t.last_rejection_by, t.last_rejection_at, t.created_at, t.updated_at
        from unnest($1, $2) as wanted (project_id, action_pattern)
        join trust_records t on t.project_id = wanted.project_id and t.action_pattern = wanted.action_pattern
        """;

    private const string Upsert =
        """
        insert into trust_records (
            project_id, action_pattern, score, total_approvals, total_rejections, last_approval_by, last_approval_at,
            last_rejection_by, last_rejection_at, created_at, updated_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (project_id, action_pattern) do update set
            score = excluded.score, total_approvals = excluded.total_approvals, total_rejections = excluded.total_rejections,
            last_approval_by = excluded.last_approval_by, last_approval_at = excluded.last_approval_at,
            last_rejection_by = excluded.last_rejection_by, last_rejection_at = excluded.last_rejection_at, updated_at = excluded.updated_at
        """;

    public static FoldedTable<TrustRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<TrustRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Text(row => row.Key.LocalKey)
            .Integer(row => row.Score)
            .Integer(row => row.Approvals)
            .Integer(row => row.Rejections)
            .Text(row => row.LastApprovalBy, 100)
            .Time(row => row.LastApprovalAt)
            .Text(row => row.LastRejectionBy, 100)
            .Time(row => row.LastRejectionAt)
            .Time(row => row.CreatedAt)
            .Time(row => row.UpdatedAt));

    private static TrustRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        Score = reader.GetInt32(2),
        Approvals = reader.GetInt32(3),
        Rejections = reader.GetInt32(4),
        LastApprovalBy = reader.Text(5),
        LastApprovalAt = reader.Time(6),
        LastRejectionBy = reader.Text(7),
        LastRejectionAt = reader.Time(8),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(9),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(10),
    };
}
