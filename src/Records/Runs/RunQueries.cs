using AwoooP.Events;
using AwoooP.Records.Reading;
using AwoooP.Runs;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>run_state</c> and <c>step_journal</c> for the API.</summary>
public sealed class RunQueries
{
    private const string Columns =
        """
        run_id, project_id, agent_id, kind, state::text, priority, attempt, max_attempts, lease_owner, lease_until, heartbeat_at, trace_id,
        idempotency_key, is_shadow, incident_id, approval_id, playbook_id, outcome::text, error_code, created_at, started_at, finished_at, updated_at,
        input->>'playbook_name', input->>'target'
        """;

    internal const string ListSql =
        $"""
        select {Columns}
        from public.run_state
        where project_id = $1
          and ($2 is null or state = $2::public.run_status)
          and ($3 is null or agent_id = $3)
          and ($4 is null or kind = $4)
          and ($5 is null or incident_id = $5)
          and ($6 is null or created_at >= $6)
          and ($7 is null or created_at < $7)
          and ($8 is null or (created_at, run_id) < ($8, $9))
        order by created_at desc, run_id desc
        limit $10
        """;

    internal const string FindSql =
        $"""
        select {Columns}, input::text
        from public.run_state
        where project_id = $1 and run_id = $2
        """;

    internal const string StepsSql =
        """
        select step_no, attempt, phase, kind, name, status, input::text, output, error_code, tool_call_id, started_at, finished_at, duration_ms
        from public.step_journal
        where project_id = $1 and run_id = $2
        order by attempt, phase, case when phase = 'rollback' then -step_no else step_no end
        """;

    private readonly TenantReader _reader;

    internal RunQueries(TenantReader reader) => _reader = reader;

    /// <summary>Newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
    public Task<Page<RunRow>> ListAsync(string projectId, RunFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.CreatedAt, row.RunId.ToString()), cancellationToken);

    /// <summary>With its plan and steps, in one round trip; null when there is none.</summary>
    public Task<RunRow?> FindAsync(string projectId, Guid runId, CancellationToken cancellationToken) => _reader.ReadAsync(
        projectId,
        [Find(projectId, runId), Steps(projectId, runId)],
        ReadWithStepsAsync,
        cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, RunFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Literal(filter.State),
            TenantReader.Text(filter.AgentId),
            TenantReader.Text(filter.Kind),
            TenantReader.Text(filter.IncidentId),
            TenantReader.Time(filter.Since),
            TenantReader.Time(filter.Until),
            TenantReader.Time(page.After?.At),
            TenantReader.Uuid(page.After is { } after ? CursorId.ToUuid(after.Id) : null),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Find(string projectId, Guid runId) => new(FindSql)
    {
        Parameters = { TenantReader.Text(projectId), TenantReader.Uuid(runId) },
    };

    internal static NpgsqlBatchCommand Steps(string projectId, Guid runId) => new(StepsSql)
    {
        Parameters = { TenantReader.Text(projectId), TenantReader.Uuid(runId) },
    };

    private static async Task<RunRow?> ReadWithStepsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var run = (await TenantReader.RowsAsync(reader, row => Map(row) with { Input = row.Json(25) }, cancellationToken)).SingleOrDefault();
        await reader.NextResultAsync(cancellationToken);
        var steps = await TenantReader.RowsAsync(reader, MapStep, cancellationToken);
        return run is null ? null : run with { Steps = steps };
    }

    private static RunRow Map(NpgsqlDataReader reader) => new()
    {
        RunId = reader.GetGuid(0),
        ProjectId = reader.GetString(1),
        AgentId = reader.GetString(2),
        Kind = reader.GetString(3),
        State = Literal.To<RunState>(reader.GetString(4)),
        Priority = reader.GetInt32(5),
        Attempt = reader.GetInt32(6),
        MaxAttempts = reader.GetInt32(7),
        LeaseOwner = reader.Text(8),
        LeaseUntil = reader.Time(9),
        HeartbeatAt = reader.Time(10),
        TraceId = reader.Text(11),
        IdempotencyKey = reader.Text(12),
        IsShadow = reader.GetBoolean(13),
        IncidentId = reader.Text(14),
        ApprovalId = reader.Text(15),
        PlaybookId = reader.Text(16),
        Outcome = reader.Json(17),
        ErrorCode = reader.Text(18),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(19),
        StartedAt = reader.Time(20),
        FinishedAt = reader.Time(21),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(22),
        PlaybookName = reader.Text(23),
        Target = reader.Text(24),
    };

    private static StepRow MapStep(NpgsqlDataReader reader) => new()
    {
        StepNo = reader.GetInt32(0),
        Attempt = reader.GetInt32(1),
        Phase = Literal.To<StepPhase>(reader.GetString(2)),
        Kind = reader.GetString(3),
        Name = reader.GetString(4),
        Status = Literal.To<StepStatus>(reader.GetString(5)),
        Input = reader.Json(6),
        Output = reader.Text(7),
        ErrorCode = reader.Text(8),
        ToolCallId = reader.Uuid(9),
        StartedAt = reader.GetFieldValue<DateTimeOffset>(10),
        FinishedAt = reader.Time(11),
        DurationMs = reader.Bigint(12),
    };
}
