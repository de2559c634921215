using Npgsql;

namespace AwoooP.Records;

/// <summary>Every project that has an aggregate, found by skipping through the index of their snapshots: a row a project, however many they have.</summary>
internal static class FindProjects
{
    private const string Sql =
        """
        with recursive found (project_id) as (
            (select g.project_id from journal.grain g order by g.project_id limit 1)
            union all
            select (select g.project_id from journal.grain g where g.project_id > f.project_id order by g.project_id limit 1)
            from found f where f.project_id is not null)
        select project_id from found where project_id is not null
        """;

    public static async Task<List<string>> ExecuteAsync(NpgsqlDataSource engine, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        var projects = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            projects.Add(rows.GetString(0));
        return projects;
    }
}
