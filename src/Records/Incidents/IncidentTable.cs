using AwoooP.Alerts;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>incidents</c> are read and written in bulk.</summary>
internal static class IncidentTable
{
    private const string Read =
        """
        select i.project_id, i.incident_id, i.status::text, i.severity::text, i.signals::text, i.affected_services::text, i.decision_chain::text,
               i.proposal_ids::text, i.outcome::text, i.alertname, i.notification_type, i.alert_category, i.frequency_snapshot::text,
               i.created_at, i.updated_at, i.resolved_at, i.closed_at
        from unnest($1, $2) as wanted (project_id, incident_id)
        join incidents i on i.project_id = wanted.project_id and i.incident_id = wanted.incident_id
        """;

    private const string Upsert =
        """
        insert into incidents (
            project_id, incident_id, status, severity, signals, affected_services, decision_chain, proposal_ids, outcome,
            alertname, notification_type, alert_category, frequency_snapshot, created_at, updated_at, resolved_at, closed_at)
        select * from unnest(
            $1, $2, $3::public.incident_status[], $4::public.incident_severity[], $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        on conflict (project_id, incident_id) do update set
            status = excluded.status, signals = excluded.signals, decision_chain = excluded.decision_chain, proposal_ids = excluded.proposal_ids,
            outcome = excluded.outcome, updated_at = excluded.updated_at, resolved_at = excluded.resolved_at, closed_at = excluded.closed_at
        """;

    public static FoldedTable<IncidentRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<IncidentRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Text(row => row.Key.LocalKey)
            .Text(row => Literal.Of(row.Status))
            .Text(row => row.Severity.ToString())
            .Json(row => Document.Write(row.Signals))
            .Json(row => Document.Write(row.AffectedServices))
            .Json(row => Document.Write(row.Decisions))
            .Json(row => Document.Write(row.Proposals))
            .Json(row => row.Outcome is null ? null : Document.Write(row.Outcome))
            .Text(row => row.AlertName, 100)
            .Text(row => row.NotificationType, 10)
            .Text(row => row.Category, 50)
            .Json(row => row.Frequency is null ? null : Document.Write(row.Frequency))
            .Time(row => row.CreatedAt)
            .Time(row => row.UpdatedAt)
            .Time(row => row.ResolvedAt)
            .Time(row => row.ClosedAt));

    private static IncidentRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        Status = Literal.To<IncidentStatus>(reader.GetString(2)),
        Severity = Literal.To<Severity>(reader.GetString(3)),
        Signals = Document.Read<IReadOnlyList<AlertMember>>(reader.Text(4)) ?? [],
        AffectedServices = Document.Read<IReadOnlyList<string>>(reader.Text(5)) ?? [],
        Decisions = Document.Read<IReadOnlyList<IncidentDecision>>(reader.Text(6)) ?? [],
        Proposals = Document.Read<IReadOnlyList<Guid>>(reader.Text(7)) ?? [],
        Outcome = Document.Read<IncidentOutcome>(reader.Text(8)),
        AlertName = reader.Text(9),
        NotificationType = reader.Text(10),
        Category = reader.Text(11),
        Frequency = Document.Read<AlertFrequency>(reader.Text(12)),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(13),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(14),
        ResolvedAt = reader.Time(15),
        ClosedAt = reader.Time(16),
    };
}
