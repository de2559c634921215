using AwoooP.Alerts;
using AwoooP.Events;
using AwoooP.Incidents;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>incidents</c> for the API.</summary>
public sealed class IncidentQueries
{
    private const string Columns =
        """
        incident_id, project_id, status::text, severity::text, alertname, notification_type, alert_category, affected_services::text,
        proposal_ids::text, outcome::text, created_at, updated_at, resolved_at, closed_at
        """;

    internal const string ListSql =
        $"""
        select {Columns}
        from public.incidents
        where project_id = $1
          and ($2 is null or status = $2::public.incident_status)
          and ($3 is null or severity = $3::public.incident_severity)
          and ($4 is null or alert_category = $4)
          and ($5 is null or created_at >= $5)
          and ($6 is null or created_at < $6)
          and ($7 is null or (created_at, incident_id) < ($7, $8))
        order by created_at desc, incident_id desc
        limit $9
        """;

    internal const string FindSql =
        $"""
        select {Columns}, signals::text, decision_chain::text, frequency_snapshot::text
        from public.incidents
        where project_id = $1 and incident_id = $2
        """;

    private readonly TenantReader _reader;

    internal IncidentQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<IncidentRow>> ListAsync(string projectId, IncidentFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.CreatedAt, row.IncidentId), cancellationToken);

    /// <summary>With signals, decisions and frequency; null when there is none.</summary>
    public Task<IncidentRow?> FindAsync(string projectId, string incidentId, CancellationToken cancellationToken) =>
        _reader.FindAsync(projectId, Find(projectId, incidentId), MapWhole, cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, IncidentFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Literal(filter.Status),
            TenantReader.Text(filter.Severity?.ToString()),
            TenantReader.Text(filter.Category),
            TenantReader.Time(filter.Since),
            TenantReader.Time(filter.Until),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Find(string projectId, string incidentId) => new(FindSql)
    {
        Parameters = { TenantReader.Text(projectId), TenantReader.Text(incidentId) },
    };

    private static IncidentRow MapWhole(NpgsqlDataReader reader) => Map(reader) with
    {
        Signals = reader.Json(14),
        DecisionChain = reader.Json(15),
        FrequencySnapshot = reader.Json(16),
    };

    private static IncidentRow Map(NpgsqlDataReader reader) => new()
    {
        IncidentId = reader.GetString(0),
        ProjectId = reader.GetString(1),
        Status = Literal.To<IncidentStatus>(reader.GetString(2)),
        Severity = Literal.To<Severity>(reader.GetString(3)),
        Alertname = reader.Text(4),
        NotificationType = reader.Text(5),
        AlertCategory = reader.Text(6),
        AffectedServices = reader.Json(7),
        ProposalIds = reader.Json(8),
        Outcome = reader.Json(9),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(10),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(11),
        ResolvedAt = reader.Time(12),
        ClosedAt = reader.Time(13),
    };
}
