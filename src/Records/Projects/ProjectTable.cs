using AwoooP.Events;
using AwoooP.Projects;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>awooop_project</c> are read and written in bulk.</summary>
internal static class ProjectTable
{
    private const string Read =
        """
        select p.project_id, wanted.local_key, p.name, p.suspended_by, p.suspended_reason, p.suspended_at, p.created_by, p.created_at, p.updated_at,
               p.status = 'removing'
        from unnest($1, $2) as wanted (project_id, local_key)
        join awooop_project p on p.project_id = wanted.project_id
        """;

    private const string Upsert =
        """
        insert into awooop_project (project_id, name, status, suspended_by, suspended_reason, suspended_at, created_by, created_at, updated_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (project_id) do update set
            name = excluded.name, status = excluded.status, suspended_by = excluded.suspended_by, suspended_reason = excluded.suspended_reason,
            suspended_at = excluded.suspended_at, updated_at = excluded.updated_at
        """;

    public static FoldedTable<ProjectRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<ProjectRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Text(row => row.Name, ProjectConfiguration.MaxName)
            .Text(row => Literal.Of(row.Status))
            .Text(row => row.SuspendedBy, 100)
            .Text(row => row.SuspendedReason)
            .Time(row => row.SuspendedAt)
            .Text(row => row.CreatedBy, 100)
            .Time(row => row.CreatedAt)
            .Time(row => row.UpdatedAt));

    private static ProjectRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
        Name = reader.GetString(2),
        SuspendedBy = reader.Text(3),
        SuspendedReason = reader.Text(4),
        SuspendedAt = reader.Time(5),
        CreatedBy = reader.GetString(6),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(7),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(8),
        IsRemoving = reader.GetBoolean(9),
    };
}
