using AwoooP.Records.Reading;
using AwoooP.Wording;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>timeline_events</c> for the API.</summary>
public sealed class TimelineQueries
{
    private const string Columns =
        "id, project_id, event_type, status, title, description, actor, actor_role, risk_level, approval_id, incident_id, details::text, created_at";

    internal const string ListSql =
        $"""
        select {Columns}
        from public.timeline_events
        where project_id = $1
          and ($2 is null or incident_id = $2)
          and ($3 is null or approval_id = $3)
          and ($4 is null or created_at >= $4)
          and ($5 is null or created_at < $5)
          and ($6 is null or (created_at, id) < ($6, $7))
        order by created_at desc, id desc
        limit $8
        """;

    internal const string StorySql =
        $"""
        select {Columns}
        from public.timeline_events
        where project_id = $1
          and incident_id = $2
          and ($3 is null or (created_at, id) > ($3, $4))
        order by created_at, id
        limit $5
        """;

    private readonly TenantReader _reader;

    internal TimelineQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<TimelineRow>> ListAsync(string projectId, TimelineFilter filter, PageRequest page, Language language, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), row => Map(row, language), CursorOf, cancellationToken);

    /// <summary>The story of one incident, with its approvals, runs and notifications, from its beginning on.</summary>
    public Task<Page<TimelineRow>> StoryAsync(string projectId, string incidentId, PageRequest page, Language language, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, incidentId, page, Story(projectId, incidentId, page), row => Map(row, language), CursorOf, cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, TimelineFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Text(filter.IncidentId),
            TenantReader.Text(filter.ApprovalId),
            TenantReader.Time(filter.Since),
            TenantReader.Time(filter.Until),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Story(string projectId, string incidentId, PageRequest page) => new(StorySql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Text(incidentId),
            TenantReader.Time(page.After?.At),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    private static Cursor CursorOf(TimelineRow row) => new(row.CreatedAt, row.Id);

    private static TimelineRow Map(NpgsqlDataReader reader, Language language) => Told(Read(reader), language);

    /// <summary>In another language than that of the columns, where the row has its phrases and this build their texts.</summary>
    private static TimelineRow Told(TimelineRow row, Language language) =>
        language != Language.English && TimelinePhrases.From(row.Details) is { } phrases
            ? row with { Title = phrases.Title.In(language) ?? row.Title, Description = phrases.Description?.In(language) ?? row.Description }
            : row;

    private static TimelineRow Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        ProjectId = reader.GetString(1),
        EventType = reader.GetString(2),
        Status = reader.GetString(3),
        Title = reader.GetString(4),
        Description = reader.Text(5),
        Actor = reader.Text(6),
        ActorRole = reader.Text(7),
        RiskLevel = reader.Text(8),
        ApprovalId = reader.Text(9),
        IncidentId = reader.Text(10),
        Details = reader.Json(11),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(12),
    };
}
