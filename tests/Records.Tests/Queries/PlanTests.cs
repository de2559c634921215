using System.Reflection;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Incidents;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Records.Reading;
using AwoooP.Runs;
using Npgsql;

namespace AwoooP.Records.Tests.Queries;

/// <summary>Every list query as awooop_app finds its rows by an index, on tables of several large tenants.</summary>
public sealed class PlanTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private const string Fill =
        """
        insert into incidents (project_id, incident_id, status, severity, alert_category, created_at)
        select 'p' || n % 50, 'INC-' || n, (enum_range(null::incident_status))[1 + n / 50 % 5], (enum_range(null::incident_severity))[1 + n / 50 % 4], 'c' || n / 50 % 9, now() - n * interval '1 second'
        from generate_series(1, 20000) n;
        insert into approval_records (project_id, id, action, description, status, risk_level, requested_by, incident_id, created_at)
        select 'p' || n % 50, 'a' || n, 'x', 'x', (enum_range(null::approval_status))[1 + n / 50 % 9], 'low', 'x', 'INC-' || n, now() - n * interval '1 second'
        from generate_series(1, 20000) n;
        insert into playbooks (project_id, playbook_id, name, status, created_at)
        select 'p' || n % 50, 'PB-' || n, 'x', 'active', now() - n * interval '1 second' from generate_series(1, 20000) n;
        insert into run_state (project_id, run_id, agent_id, kind, state, incident_id, created_at)
        select 'p' || n % 50, gen_random_uuid(), 'a' || n / 50 % 7, 'repair', (enum_range(null::run_status))[1 + n / 50 % 8], 'INC-' || n, now() - n * interval '1 second'
        from generate_series(1, 20000) n;
        insert into step_journal (project_id, run_id, step_no, attempt, kind, name, status, started_at)
        select project_id, run_id, step, 1, 'wait', 'x', 'succeeded', now() from run_state, generate_series(1, 2) step;
        insert into audit_logs (project_id, id, approval_id, operation_type, target_resource, executed_by, created_at)
        select 'p' || n % 50, 'l' || n, 'a' || n, 'x', 'x', 'x', now() - n * interval '1 second' from generate_series(1, 20000) n;
        insert into timeline_events (project_id, id, event_type, title, incident_id, approval_id, created_at)
        select 'p' || n % 50, 't' || n, 'exec', 'x', 'INC-' || n % 50 || '-' || n / 500, 'a' || n % 50 || '-' || n / 500, now() - n * interval '1 second' from generate_series(1, 40000) n;
        insert into notification_outcomes (project_id, outcome_id, notification_id, channel, delivery_status, incident_id, approval_id, sent_at)
        select 'p' || n % 50, n, gen_random_uuid(), 'webhook', 'delivered', 'INC-' || n, 'a' || n, now() - n * interval '1 second' from generate_series(1, 20000) n;
        insert into alert_member (project_id, fingerprint, member_id, alertname, namespace, target, severity, alert_category, notification_type, labels, starts_at, ends_at, ended_at, received_at, source)
        select 'p' || n % 50, md5(n::text), 'm' || n, 'Alert' || n / 50 % 100, 'x', 'x', 'P2', 'x', 'x', '{}', now(), now() + interval '1 hour', case when n / 50 % 10 > 0 then now() end, now(), 'x'
        from generate_series(1, 40000) n;
        analyze;
        """;

    public async Task InitializeAsync()
    {
        if ((await database.Superuser.QueryAsync("select 1 from playbooks limit 1", reader => reader.GetInt32(0))).Count > 0)
            return;

        await using var connection = await database.Superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(Fill);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string> Names => [.. Queries.Keys];

    /// <summary>The planner may take any index that is entered by the tenant: with few rows left, sorting them is as good.</summary>
    private const string AnyOfTheTenant = "Index Cond: (((project_id)";

    private static readonly DateTimeOffset Since = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Until = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PageRequest First = new();
    private static readonly PageRequest Later = new(new Cursor(Until, "7").ToString());
    private static readonly PageRequest LaterStory = new(new Cursor(Since, "7").ToString());
    private static readonly PageRequest LaterRun = new(new Cursor(Until, Story.FirstRun.ToString()).ToString());

    private static readonly Dictionary<string, (NpgsqlBatchCommand Query, string Index)> Queries = new()
    {
        ["incidents"] = (IncidentQueries.List("p1", new(), First), "ix_incidents_project_id"),
        ["incidents, later page"] = (IncidentQueries.List("p1", new(), Later), AnyOfTheTenant),
        ["incidents by status"] = (IncidentQueries.List("p1", new(IncidentStatus.Escalated), First), AnyOfTheTenant),
        ["incidents by severity"] = (IncidentQueries.List("p1", new(Severity: Severity.P1), First), AnyOfTheTenant),
        ["incidents by category"] = (IncidentQueries.List("p1", new(Category: "c3"), First), AnyOfTheTenant),
        ["incidents of a time"] = (IncidentQueries.List("p1", new(Since: Since, Until: Until), First), AnyOfTheTenant),
        ["incidents by all"] = (IncidentQueries.List("p1", new(IncidentStatus.Escalated, Severity.P1, "c3", Since, Until), Later), AnyOfTheTenant),
        ["approvals"] = (ApprovalQueries.List("p1", new(), First), "ix_approval_records_project_id"),
        ["approvals by status"] = (ApprovalQueries.List("p1", new(ApprovalStatus.Pending), First), AnyOfTheTenant),
        ["approvals, later page"] = (ApprovalQueries.List("p1", new(ApprovalStatus.Pending), Later), AnyOfTheTenant),
        ["approvals of an incident"] = (ApprovalQueries.List("p1", new(IncidentId: "INC-6"), First), "ix_approval_records_incident_id"),
        ["playbooks"] = (PlaybookQueries.List("p1", new(), First), "ix_playbooks_project_id"),
        ["playbooks by status"] = (PlaybookQueries.List("p1", new(PlaybookStatus.Active), First), AnyOfTheTenant),
        ["playbooks, later page"] = (PlaybookQueries.List("p1", new(PlaybookStatus.Active), Later), AnyOfTheTenant),
        ["runs"] = (RunQueries.List("p1", new(), First), "ix_run_state_project_id"),
        ["runs, later page"] = (RunQueries.List("p1", new(RunState.Pending), LaterRun), AnyOfTheTenant),
        ["runs by state"] = (RunQueries.List("p1", new(RunState.Pending), First), AnyOfTheTenant),
        ["runs of an agent"] = (RunQueries.List("p1", new(AgentId: "a1"), First), AnyOfTheTenant),
        ["runs of a kind"] = (RunQueries.List("p1", new(Kind: "repair"), First), AnyOfTheTenant),
        ["runs of a time"] = (RunQueries.List("p1", new(Since: Since, Until: Until), First), AnyOfTheTenant),
        ["runs of an incident"] = (RunQueries.List("p1", new(IncidentId: "INC-6"), First), "ix_run_state_incident_id"),
        ["timeline"] = (TimelineQueries.List("p1", new(), First), "ix_timeline_events_project_id"),
        ["timeline of an approval"] = (TimelineQueries.List("p1", new(ApprovalId: "a1-6"), First), "ix_timeline_events_approval_id"),
        ["timeline, later page"] = (TimelineQueries.List("p1", new(Since: Since), Later), AnyOfTheTenant),
        ["timeline of an incident"] = (TimelineQueries.List("p1", new("INC-1-6"), First), "ix_timeline_incident_id"),
        ["story of an incident, later page"] = (TimelineQueries.Story("p1", "INC-1-6", LaterStory), "ix_timeline_incident_id"),
        ["story of an incident"] = (TimelineQueries.Story("p1", "INC-1-6", First), "ix_timeline_incident_id"),
        ["notifications"] = (NotificationQueries.List("p1", new(), First), "ix_notification_outcomes_project_id"),
        ["notifications, later page"] = (NotificationQueries.List("p1", new(), Later), AnyOfTheTenant),
        ["notifications by status"] = (NotificationQueries.List("p1", new(NotificationStatus.Delivered), First), AnyOfTheTenant),
        ["notifications of an approval"] = (NotificationQueries.List("p1", new(ApprovalId: "a6"), First), "idx_notification_outcomes_approval"),
        ["notifications of an incident"] = (NotificationQueries.List("p1", new(IncidentId: "INC-6"), First), "idx_notification_outcomes_incident"),
        ["audit"] = (AuditQueries.List("p1", new(), First), "ix_audit_logs_project_id"),
        ["audit, later page"] = (AuditQueries.List("p1", new(Since: Since), Later), AnyOfTheTenant),
        ["audit of failures"] = (AuditQueries.List("p1", new(Success: false), First), AnyOfTheTenant),
        ["audit of an approval"] = (AuditQueries.List("p1", new("a6"), First), "ix_audit_approval_id"),
        ["active alerts"] = (AlertMemberQueries.List("p1", []), "ix_alert_member_project_id"),
        ["active alerts by name"] = (AlertMemberQueries.List("p1", [new("alertname", "Alert6")]), "ix_alert_member_project_id"),
        ["active alerts without a label"] = (AlertMemberQueries.List("p1", [new("pod", "", IsEqual: false)]), "ix_alert_member_project_id"),
        ["incident"] = (IncidentQueries.Find("p1", "INC-1"), "incidents_pkey"),
        ["approval"] = (ApprovalQueries.Find("p1", Story.FirstApproval), "approval_records_pkey"),
        ["playbook"] = (PlaybookQueries.Find("p1", "PB-1"), "playbooks_pkey"),
        ["run"] = (RunQueries.Find("p1", Story.FirstRun), "run_state_pkey"),
        ["steps of a run"] = (RunQueries.Steps("p1", Story.FirstRun), "step_journal_pkey"),
    };

    [Fact]
    public void EveryQuery_OfTheReadSide_HasItsPlanChecked()
    {
        var statements = typeof(IncidentQueries).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Queries", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
            .Where(field => field.IsLiteral && field.Name.EndsWith("Sql", StringComparison.Ordinal))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();

        statements.Count.ShouldBeGreaterThan(10);
        Queries.Values.Select(entry => entry.Query.CommandText).ToHashSet().ShouldBe(statements, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task List_OnLargeTables_UsesItsIndex(string name)
    {
        var (query, index) = Queries[name];
        await using var connection = await database.App.EnterAsync("p1");
        await using var explain = new NpgsqlCommand("explain " + query.CommandText, connection);
        foreach (NpgsqlParameter parameter in query.Parameters)
            explain.Parameters.Add(parameter.Clone());

        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                plan.Add(reader.GetString(0));
        }

        var text = string.Join('\n', plan);
        text.ShouldNotContain("Seq Scan");
        text.ShouldContain(index, Case.Sensitive, text);
    }
}
