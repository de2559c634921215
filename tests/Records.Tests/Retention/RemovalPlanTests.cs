
namespace AwoooP.Records.Tests.Retention;

/// <summary>A batch of a project among many is found by an index: the server counts how each table was read, in the transaction that removes.</summary>
public sealed class RemovalPlanTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private static readonly string[] WithATerm =
        ["alert_member", "alert_operation_log", "audit_logs", "auto_repair_executions", "notification_outcomes", "run_state", "timeline_events"];

    private const string Fill =
        """
        set session_replication_role = replica;
        set search_path = public;
        insert into alert_member (project_id, fingerprint, member_id, alertname, namespace, target, severity, alert_category, notification_type, labels, starts_at, ends_at, ended_at, received_at, source)
        select 'p' || n % 50, md5(n::text), 'm' || n, 'x', 'x', 'x', 'P2', 'x', 'x', '{}', now(), now(), now() - n * interval '1 hour', now(), 'x' from generate_series(1, 40000) n;
        insert into notification_outcomes (project_id, outcome_id, notification_id, channel, delivery_status, sent_at)
        select 'p' || n % 50, n, gen_random_uuid(), 'webhook', 'delivered', now() - n * interval '1 hour' from generate_series(1, 40000) n;
        insert into run_state (project_id, run_id, agent_id, kind, state, created_at, updated_at)
        select 'p' || n % 50, gen_random_uuid(), 'a', 'repair', 'completed', now() - n * interval '1 hour', now() - n * interval '1 hour' from generate_series(1, 40000) n;
        insert into step_journal (project_id, run_id, step_no, attempt, kind, name, status, started_at)
        select project_id, run_id, 1, 1, 'wait', 'x', 'succeeded', now() from run_state;
        insert into remediation_events (project_id, event_id, run_id, remediation_type, status)
        select project_id, row_number() over (), run_id, 'kubectl', 'success' from run_state;
        insert into auto_repair_executions (project_id, id, incident_id, playbook_id, playbook_name, created_at)
        select 'p' || n % 50, 'r' || n, 'i', 'p', 'x', now() - n * interval '1 hour' from generate_series(1, 40000) n;
        insert into audit_logs (project_id, id, approval_id, operation_type, target_resource, executed_by, created_at)
        select 'p' || n % 50, 'l' || n, 'a' || n, 'x', 'x', 'x', now() - n * interval '1 hour' from generate_series(1, 40000) n;
        insert into timeline_events (project_id, id, event_type, title, incident_id, created_at)
        select 'p' || n % 50, 't' || n, 'exec', 'x', 'i' || n, now() - n * interval '1 hour' from generate_series(1, 40000) n;
        insert into alert_operation_log (project_id, id, incident_id, event_type, created_at)
        select 'p' || n % 50, 'o' || n, 'i' || n, 'RESOLVED', now() - n * interval '1 hour' from generate_series(1, 40000) n;
        insert into incidents (project_id, incident_id, status, severity)
        select 'p' || n % 50, 'i' || n, 'closed', 'P2' from generate_series(1, 40000) n;
        insert into approval_records (project_id, id, action, description, risk_level, requested_by, incident_id)
        select 'p' || n % 50, 'a' || n, 'x', 'x', 'low', 'x', 'i' || n from generate_series(1, 40000) n;
        reset session_replication_role;
        analyze;
        """;

    public async Task InitializeAsync()
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        if ((await connection.QueryAsync("select 1 from public.incidents limit 1", reader => reader.GetInt32(0))).Count == 0)
            await connection.ExecuteAsync(Fill);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string> Tables => [.. WithATerm];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Batch_OfALargeTable_ReadsNoTableWhole(string table)
    {
        await using var connection = await database.App.EnterAsync("p1");

        var removed = await connection.QueryAsync(
            "select r.removed from retention.remove_rows('p1', 'public.' || $1, now() - interval '1100 days', 100) r", reader => reader.GetInt32(0), table);

        removed.ShouldBe([100]);
        // The hold's table is empty, and term and cut have a page.
        (await connection.QueryAsync(
            "select relname::text || ' ' || seq_scan from pg_stat_xact_user_tables where schemaname = 'public' and relname <> 'awooop_legal_hold' and seq_scan > 0",
            reader => reader.GetString(0))).ShouldBeEmpty();
        (await connection.QueryAsync(
            "select relname::text from pg_stat_xact_user_tables where schemaname = 'public' and relname = $1 and idx_scan > 0", reader => reader.GetString(0), table))
            .ShouldBe([table]);
    }

    [Fact]
    public async Task Tables_LookedAt_AreThoseWithATerm() =>
        (await new RowRemoval(database.App).FindTermsAsync(CancellationToken.None)).Select(static term => term.Table).ShouldBe(WithATerm);
}
