using System.Reflection;
using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Contracts;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Projects;
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
        insert into awooop_operator (project_id, operator_id, first_issued_at, last_issued_at)
        select 'p' || n % 50, 'o' || n, now() - n * interval '1 second', now() from generate_series(1, 20000) n;
        insert into awooop_operator_key (project_id, key_id, operator_id, default_project, issued_at, issued_by)
        select 'p' || n % 50, 'k' || n, 'o' || n, 'x', now() - n * interval '1 second', 'x' from generate_series(1, 20000) n;
        insert into awooop_role_binding (project_id, key_id, operator_id, bound_project, role, bound_at)
        select 'p' || n % 50, 'k' || n, 'o' || n, 'b' || n / 50 % 7, 'viewer', now() from generate_series(1, 20000) n;
        insert into awooop_audit_event (
            project_id, generation, partition, seq, chain_no, at, act, actor, object_type, object_id, object_version, outcome, data_sha256, previous_hash, hash)
        select 'p' || n % 50, 1, n / 50 % 16, n, n, now() - n * interval '1 second', 'act' || n / 50 % 30, 'actor' || n / 50 % 20, 'run', 'r' || n / 50 % 40, 1, 'done',
               sha256(convert_to(n::text, 'UTF8')), sha256(convert_to(n::text, 'UTF8')), sha256(convert_to(n::text, 'UTF8'))
        from generate_series(1, 40000) n;
        insert into awooop_audit_head (project_id, generation, partition, seq, chain_no, hash, signed_at, key_id, signature)
        select project_id, generation, partition, seq, chain_no, hash, at, 'k', hash from awooop_audit_event where chain_no / 50 % 2 = 0;
        insert into awooop_project (project_id, name, created_by) select 'p' || n, 'x', 'x' from generate_series(1, 20000) n;
        insert into awooop_contract (project_id, contract_id, kind, name, last_version, created_by, created_at)
        select 'p' || n % 50, 'tool/t' || n, (enum_range(null::contract_kind))[1 + n / 50 % 6], 't' || n, 2, 'x', now() - n * interval '1 second' from generate_series(1, 20000) n;
        insert into awooop_contract_version (project_id, contract_id, version, status, document, document_sha256, drafted_by)
        select project_id, contract_id, version, 'retired', '{}', md5(contract_id), 'x' from awooop_contract, generate_series(1, 2) version;
        insert into awooop_contract_signature (id, project_id, contract_id, version, purpose, signer, document_sha256, key_id, hmac, signed_at)
        select gen_random_uuid(), project_id, contract_id, version, 'publish', 'x', document_sha256, 'k', document_sha256, now() from awooop_contract_version;
        insert into budget_ledger (project_id, id, agent_id, run_id, incident_id, model, provider, prompt_tokens, completion_tokens, cost_usd, recorded_at)
        select 'p' || n % 50, gen_random_uuid(), 'a' || n / 50 % 7, gen_random_uuid(), 'INC-' || n, 'm' || n / 50 % 5, 'x', 1, 1, 0.0001, now() - n * interval '1 second'
        from generate_series(1, 20000) n;
        insert into awooop_agent (project_id, agent_id, contract_id, contract_version, status, description, purpose, autonomy, created_at, activated_at, ended_at)
        select 'p' || n % 50, 'a' || n, 'agent/a' || n, 1, case when n / 50 % 4 = 0 then 'inactive' else 'active' end, 'x', 'x', 'L2', now() - n * interval '1 second', now(),
               case when n / 50 % 4 = 0 then now() end
        from generate_series(1, 20000) n;
        insert into awooop_policy (project_id, policy_id, contract_id, contract_version, status, description, created_at, activated_at, ended_at)
        select project_id, agent_id, 'policy/' || agent_id, 1, status, 'x', created_at, activated_at, ended_at from awooop_agent;
        insert into awooop_legal_hold (project_id, hold_id, scope, reason, placed_by, placed_at, released_by, released_at)
        select 'p' || n % 50, gen_random_uuid(), 'project', 'x', 'x', now() - n * interval '1 second', 'x', now() from generate_series(1, 20000) n;
        insert into journal.removed_project (id) select 'gone' || n from generate_series(1, 20000) n;
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
    private static readonly PageRequest LaterAct = new(new Cursor(Until, "1.3.51").ToString());
    private static readonly PageRequest LaterRun = new(new Cursor(Until, Story.FirstRun.ToString()).ToString());

    private static readonly ContractId Contract = new(ContractKind.Tool, "t1");

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
        ["timeline, later page"] = (TimelineQueries.List("p1", new(Since: Since, Until: Until), Later), AnyOfTheTenant),
        ["timeline of an incident"] = (TimelineQueries.List("p1", new("INC-1-6"), First), "ix_timeline_incident_id"),
        ["story of an incident, later page"] = (TimelineQueries.Story("p1", "INC-1-6", LaterStory), "ix_timeline_incident_id"),
        ["story of an incident"] = (TimelineQueries.Story("p1", "INC-1-6", First), "ix_timeline_incident_id"),
        ["notifications"] = (NotificationQueries.List("p1", new(), First), "ix_notification_outcomes_project_id"),
        ["notifications, later page"] = (NotificationQueries.List("p1", new(), Later), AnyOfTheTenant),
        ["notifications by status"] = (NotificationQueries.List("p1", new(NotificationStatus.Delivered), First), AnyOfTheTenant),
        ["notifications of an approval"] = (NotificationQueries.List("p1", new(ApprovalId: "a6"), First), "idx_notification_outcomes_approval"),
        ["notifications of an incident"] = (NotificationQueries.List("p1", new(IncidentId: "INC-6"), First), "idx_notification_outcomes_incident"),
        ["audit"] = (AuditQueries.List("p1", new(), First), "ix_audit_logs_project_id"),
        ["audit, later page"] = (AuditQueries.List("p1", new(Since: Since, Until: Until), Later), AnyOfTheTenant),
        ["audit of failures"] = (AuditQueries.List("p1", new(Success: false), First), AnyOfTheTenant),
        ["audit of an approval"] = (AuditQueries.List("p1", new("a6"), First), "ix_audit_approval_id"),
        ["acts"] = (AuditEventQueries.List("p1", new(), First), "ix_awooop_audit_event_project_id"),
        ["acts, later page"] = (AuditEventQueries.List("p1", new(), LaterAct), AnyOfTheTenant),
        ["acts of somebody"] = (AuditEventQueries.List("p1", new(Actor: "actor3"), First), AnyOfTheTenant),
        ["acts of a kind"] = (AuditEventQueries.List("p1", new(Act: "act3"), First), AnyOfTheTenant),
        ["acts on something"] = (AuditEventQueries.List("p1", new(ObjectId: "r3"), First), AnyOfTheTenant),
        ["acts of an outcome"] = (AuditEventQueries.List("p1", new(Outcome: AuditOutcome.Denied), First), AnyOfTheTenant),
        ["acts of a time"] = (AuditEventQueries.List("p1", new(Since: Since, Until: Until), LaterAct), AnyOfTheTenant),
        ["act"] = (AuditEventQueries.Find("p1", new Position(1, 3, 51)), "awooop_audit_event_pkey"),
        ["heads"] = (AuditHeadQueries.List("p1", new(), First), "ix_awooop_audit_head_project_id"),
        ["heads, later page"] = (AuditHeadQueries.List("p1", new(Since, Until), LaterAct), AnyOfTheTenant),
        ["active alerts"] = (AlertMemberQueries.List("p1", []), "ix_alert_member_project_id"),
        ["active alerts by name"] = (AlertMemberQueries.List("p1", [new("alertname", "Alert6")]), "ix_alert_member_project_id"),
        ["active alerts without a label"] = (AlertMemberQueries.List("p1", [new("pod", "", IsEqual: false)]), "ix_alert_member_project_id"),
        ["operator keys"] = (OperatorQueries.Keys("p1", "b1", new(), First), AnyOfTheTenant),
        ["operator keys, later page"] = (OperatorQueries.Keys("p1", "b1", new(Revoked: false), Later), AnyOfTheTenant),
        ["operator keys of one"] = (OperatorQueries.Keys("p1", "b1", new("o51"), First), AnyOfTheTenant),
        ["operators"] = (OperatorQueries.Operators("p1", "b1", First), AnyOfTheTenant),
        ["operators, later page"] = (OperatorQueries.Operators("p1", "b1", Later), AnyOfTheTenant),
        ["projects"] = (ProjectQueries.List(["p1"], new(), First), "awooop_project_pkey"),
        ["projects by status, later page"] = (ProjectQueries.List(["p1", "p2"], new(ProjectStatus.Suspended), Later), "awooop_project_pkey"),
        ["contracts"] = (ContractQueries.List("p1", new(), First), "ix_awooop_contract_project_id"),
        ["contracts of a kind"] = (ContractQueries.List("p1", new(ContractKind.Tool), First), AnyOfTheTenant),
        ["contracts, later page"] = (ContractQueries.List("p1", new(), Later), AnyOfTheTenant),
        ["versions of a contract"] = (ContractQueries.Versions("p1", Contract, First), "awooop_contract_version_pkey"),
        ["versions of a contract, later page"] = (ContractQueries.Versions("p1", Contract, Later), "awooop_contract_version_pkey"),
        ["version of a contract"] = (ContractQueries.Find("p1", Contract, 1), "awooop_contract_version_pkey"),
        ["signatures of a contract"] = (ContractQueries.Signatures("p1", Contract, First), "ix_awooop_contract_signature_contract_id"),
        ["signatures of a contract, later page"] = (ContractQueries.Signatures("p1", Contract, LaterRun), "ix_awooop_contract_signature_contract_id"),
        ["ledger"] = (BudgetQueries.List("p1", new(), First), "idx_budget_ledger_project_date"),
        ["ledger, later page"] = (BudgetQueries.List("p1", new(), LaterRun), AnyOfTheTenant),
        ["ledger of an agent"] = (BudgetQueries.List("p1", new(AgentId: "a3"), First), AnyOfTheTenant),
        ["ledger of a model"] = (BudgetQueries.List("p1", new(Model: "m3"), First), AnyOfTheTenant),
        ["ledger of a run"] = (BudgetQueries.List("p1", new(RunId: Story.FirstRun), First), "ix_budget_ledger_run_id"),
        ["ledger of an incident"] = (BudgetQueries.List("p1", new(IncidentId: "INC-51"), First), "ix_budget_ledger_incident_id"),
        ["spending"] = (BudgetQueries.Spend("p1", new(SpendBy.None, Since, Until)), AnyOfTheTenant),
        ["spending by day"] = (BudgetQueries.Spend("p1", new(SpendBy.Day, Since, Until)), AnyOfTheTenant),
        ["spending by agent"] = (BudgetQueries.Spend("p1", new(SpendBy.Agent, Since, Until)), AnyOfTheTenant),
        ["spending by run"] = (BudgetQueries.Spend("p1", new(SpendBy.Run, Since, Until)), AnyOfTheTenant),
        ["agents"] = (StandingQueries.List(StandingQueries.AgentsSql, "p1", new(), First), "ix_awooop_agent_project_id"),
        ["agents by status"] = (StandingQueries.List(StandingQueries.AgentsSql, "p1", new(Standing.Inactive), First), AnyOfTheTenant),
        ["agents, later page"] = (StandingQueries.List(StandingQueries.AgentsSql, "p1", new(Standing.Active), Later), AnyOfTheTenant),
        ["policies"] = (StandingQueries.List(StandingQueries.PoliciesSql, "p1", new(), First), "ix_awooop_policy_project_id"),
        ["policies by status"] = (StandingQueries.List(StandingQueries.PoliciesSql, "p1", new(Standing.Inactive), First), AnyOfTheTenant),
        ["policies, later page"] = (StandingQueries.List(StandingQueries.PoliciesSql, "p1", new(Standing.Active), Later), AnyOfTheTenant),
        ["legal holds"] = (LegalHoldQueries.List("p1", new(), First), "ix_awooop_legal_hold_project_id"),
        ["legal holds that are open, later page"] = (LegalHoldQueries.List("p1", new(Open: true), LaterRun), AnyOfTheTenant),
        ["legal hold"] = (LegalHoldQueries.Find("p1", Story.ProjectHold), "awooop_legal_hold_pkey"),
        ["removed project"] = (RemovedProjectQueries.Find("p1"), "removed_project_pkey"),
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
