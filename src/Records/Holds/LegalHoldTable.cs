using AwoooP.Events;
using AwoooP.Holds;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>awooop_legal_hold</c> are read and written in bulk.</summary>
internal static class LegalHoldTable
{
    private const string Read =
        """
        select h.project_id, h.hold_id, h.incident_id, h.reason, h.placed_by, h.placed_at, h.released_by, h.released_at, h.release_reason
        from unnest($1, $2) as wanted (project_id, hold_id)
        join awooop_legal_hold h on h.project_id = wanted.project_id and h.hold_id = wanted.hold_id::uuid
        """;

    private const string Upsert =
        """
        insert into awooop_legal_hold (
            project_id, hold_id, scope, incident_id, reason, placed_by, placed_at, released_by, released_at, release_reason)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (project_id, hold_id) do update set
            released_by = excluded.released_by, released_at = excluded.released_at, release_reason = excluded.release_reason
        """;

    public static FoldedTable<LegalHoldRecord> Instance { get; } = new(
        Read,
        Map,
        row => new AggregateKey(row.ProjectId, row.HoldId.ToString("D")),
        new BulkStatement<LegalHoldRecord>(Upsert)
            .Text(row => row.ProjectId)
            .Uuid(row => row.HoldId)
            .Text(row => Literal.Of(row.IncidentId is null ? LegalHoldScope.Project : LegalHoldScope.Incident))
            .Text(row => row.IncidentId, 64)
            .Text(row => row.Reason)
            .Text(row => row.PlacedBy, 100)
            .Time(row => row.PlacedAt)
            .Text(row => row.ReleasedBy, 100)
            .Time(row => row.ReleasedAt)
            .Text(row => row.ReleaseReason),
        LegalHoldFold.KeyOf);

    private static LegalHoldRecord Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        HoldId = reader.GetGuid(1),
        IncidentId = reader.Text(2),
        Reason = reader.GetString(3),
        PlacedBy = reader.GetString(4),
        PlacedAt = reader.GetFieldValue<DateTimeOffset>(5),
        ReleasedBy = reader.Text(6),
        ReleasedAt = reader.Time(7),
        ReleaseReason = reader.Text(8),
    };
}
