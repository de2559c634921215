using AwoooP.Events;
using AwoooP.Projects;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>
/// Reads <c>awooop_project</c> for the API: the one list that goes over several tenants, those that its reader may see. One that is being taken
/// out is no longer in it.
/// </summary>
public sealed class ProjectQueries
{
    internal const string ListSql =
        """
        select project_id, name, status, suspended_by, suspended_reason, suspended_at, created_by, created_at, updated_at
        from public.awooop_project
        where project_id = any($1)
          and status <> 'removing'
          and ($2 is null or status = $2)
          and ($3 is null or project_id > $3)
        order by project_id
        limit $4
        """;

    private readonly TenantReader _reader;

    internal ProjectQueries(TenantReader reader) => _reader = reader;

    /// <summary>By id.</summary>
    public Task<Page<ProjectRow>> ListAsync(IReadOnlyList<string> projectIds, ProjectFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        projectIds.Count == 0
            ? Task.FromResult(new Page<ProjectRow>([], null))
            : _reader.PageAsync(projectIds, filter, page, List(projectIds, filter, page), Map, static row => new Cursor(DateTimeOffset.UnixEpoch, row.ProjectId), cancellationToken);

    internal static NpgsqlBatchCommand List(IReadOnlyList<string> projectIds, ProjectFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Texts([.. projectIds]),
            TenantReader.Literal(filter.Status),
            TenantReader.Text(page.After?.Id),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    private static ProjectRow Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        Name = reader.GetString(1),
        Status = Literal.To<ProjectStatus>(reader.GetString(2)),
        SuspendedBy = reader.Text(3),
        SuspendedReason = reader.Text(4),
        SuspendedAt = reader.Time(5),
        CreatedBy = reader.GetString(6),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(7),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(8),
    };
}
