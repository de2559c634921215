using AwoooP.Retention;

namespace AwoooP.Records.Tests.Retention;

/// <summary>Rows of one project, so and so many days old, and their removal as silos ask for it.</summary>
internal sealed class AgedProject(RecordsDatabase database, string projectId)
{
    private const string RunsSql =
        """
        insert into run_state (project_id, run_id, agent_id, kind, state, incident_id, created_at, updated_at)
        select $1, gen_random_uuid(), 'a', 'repair', $2::run_status, $3, now() - make_interval(days => $4), now() - make_interval(days => $4)
        from generate_series(1, $5)
        """;

    private const string ChildrenSql =
        """
        with runs as (select r.project_id, r.run_id, row_number() over () as n from run_state r where r.project_id = $1),
        steps as (
            insert into step_journal (project_id, run_id, step_no, attempt, kind, name, status, started_at)
            select r.project_id, r.run_id, step, 1, 'wait', 'x', 'succeeded', now() from runs r, generate_series(1, 2) step on conflict do nothing)
        insert into remediation_events (project_id, event_id, run_id, remediation_type, status)
        select r.project_id, r.n, r.run_id, 'kubectl', 'success' from runs r on conflict do nothing
        """;

    private const string LinesSql =
        """
        insert into timeline_events (project_id, id, event_type, title, incident_id, created_at)
        select $1, gen_random_uuid()::text, 'exec', 'x', $2, now() - make_interval(days => $3) from generate_series(1, $4)
        """;

    private const string IncidentSql =
        "insert into incidents (project_id, incident_id, status, severity) values ($1, $2, $3::incident_status, 'P2')";

    private const string HoldSql =
        """
        insert into awooop_legal_hold (project_id, hold_id, scope, incident_id, reason, placed_by, placed_at)
        values ($1, gen_random_uuid(), case when $2 = '' then 'project' else 'incident' end, nullif($2, ''), 'x', 'ann', now())
        """;

    public IRowRemoval Removal { get; } = new RowRemoval(database.App);

    public string ProjectId => projectId;

    public static DateTimeOffset DaysAgo(int days) => TimeProvider.System.GetUtcNow().AddDays(-days);

    public Task AddRunsAsync(string state, int daysOld, int count = 1, string incident = "INC-1") => ExecuteAsync(RunsSql, projectId, state, incident, daysOld, count);

    public Task AddChildrenAsync() => ExecuteAsync(ChildrenSql, projectId);

    public Task AddLinesAsync(int daysOld, int count = 1, string incident = "INC-1") => ExecuteAsync(LinesSql, projectId, incident, daysOld, count);

    public Task AddIncidentAsync(string incident, string status) => ExecuteAsync(IncidentSql, projectId, incident, status);

    /// <param name="incident">Empty: the whole project.</param>
    public Task HoldAsync(string incident = "") => ExecuteAsync(HoldSql, projectId, incident);

    public Task ReleaseAsync() => ExecuteAsync("update awooop_legal_hold set released_at = now(), released_by = 'ben' where project_id = $1", projectId);

    public Task<RemovedBatch> RemoveAsync(string table, int daysAgo) => Removal.RemoveAsync(projectId, table, DaysAgo(daysAgo), CancellationToken.None);

    public async Task<long> CountAsync(string table) =>
        (await database.Superuser.QueryAsync($"select count(*) from {table} where project_id = $1", reader => reader.GetInt64(0), projectId)).Single();

    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
