using AwoooP.Events;
using AwoooP.Playbooks;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using AwoooP.Runs;
using Npgsql;

namespace AwoooP.Records;

/// <summary>How rows of <c>run_state</c> are read and written in bulk.</summary>
internal static class RunTable
{
    private const string Read =
        """
        select r.project_id, r.run_id::text, r.agent_id, r.kind, r.state::text, r.priority, r.attempt, r.max_attempts, r.lease_owner, r.lease_until,
               r.heartbeat_at, r.trace_id, r.idempotency_key, r.is_shadow, r.input::text, r.outcome::text, r.error_code,
               r.created_at, r.started_at, r.finished_at, r.updated_at
        from unnest($1, $2) as wanted (project_id, run_id)
        join run_state r on r.project_id = wanted.project_id and r.run_id = wanted.run_id::uuid
        """;

    private const string Upsert =
        """
        insert into run_state (
            project_id, run_id, agent_id, kind, state, priority, attempt, max_attempts, lease_owner, lease_until, heartbeat_at, trace_id,
            idempotency_key, is_shadow, incident_id, approval_id, playbook_id, input, outcome, error_code, created_at, started_at, finished_at, updated_at)
        select * from unnest(
            $1, $2, $3, $4, $5::public.run_status[], $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        on conflict (project_id, run_id) do update set
            state = excluded.state, attempt = excluded.attempt, lease_owner = excluded.lease_owner, lease_until = excluded.lease_until,
            heartbeat_at = excluded.heartbeat_at, outcome = excluded.outcome, error_code = excluded.error_code, started_at = excluded.started_at,
            finished_at = excluded.finished_at, updated_at = excluded.updated_at
        """;

    public static FoldedTable<RunRecord> Instance { get; } = new(
        Read,
        Map,
        row => row.Key,
        new BulkStatement<RunRecord>(Upsert)
            .Text(row => row.Key.ProjectId)
            .Uuid(row => Guid.Parse(row.Key.LocalKey))
            .Text(row => row.AgentId, 128)
            .Text(row => row.Kind, 50)
            .Text(row => Literal.Of(row.State))
            .Integer(row => row.Priority)
            .Integer(row => row.Attempt)
            .Integer(row => row.MaxAttempts)
            .Text(row => row.LeaseOwner, 200)
            .Time(row => row.LeaseUntil)
            .Time(row => row.HeartbeatAt)
            .Text(row => row.TraceId, 32)
            .Text(row => row.IdempotencyKey, 255)
            .Boolean(row => row.IsShadow)
            .Text(row => row.Plan.IncidentId, 64)
            .Text(row => row.Plan.ApprovalId.ToString())
            .Text(row => row.Plan.PlaybookId, 64)
            .Json(row => Document.Write(row.Plan))
            .Json(row => row.Outcome is null ? null : Document.Write(row.Outcome))
            .Text(row => row.ErrorCode, 50)
            .Time(row => row.CreatedAt)
            .Time(row => row.StartedAt)
            .Time(row => row.FinishedAt)
            .Time(row => row.UpdatedAt));

    private static RunRecord Map(NpgsqlDataReader reader) => new()
    {
        Key = new AggregateKey(reader.GetString(0), reader.GetString(1)),
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
        Plan = Document.Read<RepairPlan>(reader.GetString(14))!,
        Outcome = Document.Read<RunOutcome>(reader.Text(15)),
        ErrorCode = reader.Text(16),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(17),
        StartedAt = reader.Time(18),
        FinishedAt = reader.Time(19),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(20),
    };
}
