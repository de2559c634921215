using System.Globalization;
using AwoooP.Events;
using AwoooP.Holds;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>awooop_legal_hold</c> for the API.</summary>
public sealed class LegalHoldQueries
{
    private const string Columns = "hold_id, scope, incident_id, reason, placed_by, placed_at, released_by, released_at, release_reason";

    internal const string ListSql =
        $"""
        select {Columns}
        from public.awooop_legal_hold
        where project_id = $1
          and ($2 is null or (released_at is null) = $2)
          and ($3 is null or (placed_at, hold_id) < ($3, $4))
        order by placed_at desc, hold_id desc
        limit $5
        """;

    internal const string FindSql =
        $"""
        select {Columns}
        from public.awooop_legal_hold
        where project_id = $1 and hold_id = $2
        """;

    private readonly TenantReader _reader;

    internal LegalHoldQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    public Task<Page<LegalHoldRow>> ListAsync(string projectId, LegalHoldFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(
            projectId,
            filter,
            page,
            List(projectId, filter, page),
            Map,
            static row => new Cursor(row.PlacedAt, row.HoldId.ToString("D", CultureInfo.InvariantCulture)),
            cancellationToken);

    public Task<LegalHoldRow?> FindAsync(string projectId, Guid holdId, CancellationToken cancellationToken) =>
        _reader.FindAsync(projectId, Find(projectId, holdId), Map, cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, LegalHoldFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Boolean(filter.Open),
            TenantReader.Time(page.After?.At),
            TenantReader.Uuid(page.After is { } after ? CursorId.ToUuid(after.Id) : null),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Find(string projectId, Guid holdId) => new(FindSql)
    {
        Parameters = { TenantReader.Text(projectId), TenantReader.Uuid(holdId) },
    };

    private static LegalHoldRow Map(NpgsqlDataReader reader) => new()
    {
        HoldId = reader.GetGuid(0),
        Scope = Literal.To<LegalHoldScope>(reader.GetString(1)),
        IncidentId = reader.Text(2),
        Reason = reader.GetString(3),
        PlacedBy = reader.GetString(4),
        PlacedAt = reader.GetFieldValue<DateTimeOffset>(5),
        ReleasedBy = reader.Text(6),
        ReleasedAt = reader.Time(7),
        ReleaseReason = reader.Text(8),
    };
}
