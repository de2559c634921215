namespace AwoooP.Records.Tests.Schema;

/// <summary>The tables against the data dictionary.</summary>
public sealed class DictionaryTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    private const string Columns =
        """
        select c.relname || '.' || a.attname,
               replace(replace(format_type(a.atttypid, a.atttypmod), 'character varying', 'varchar'), 'timestamp with time zone', 'timestamptz'),
               case when a.attnotnull then 'not null' else 'null' end,
               coalesce(regexp_replace(pg_get_expr(d.adbin, d.adrelid), '::[a-z_. ]+$', ''), '-')
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        """;

    private const string Indexes =
        """
        select i.indexname, i.tablename, substring(i.indexdef from ' USING btree (.*)$')
        from pg_indexes i where i.schemaname = 'public'
        """;

    [Fact]
    public async Task Columns_OfTheDictionary_AreAllThereAndNoOthers()
    {
        var expected = Expectations.Read("columns.txt").Select(parts => string.Join(" | ", parts)).ToList();
        var tables = expected.Select(line => line[..line.IndexOf('.', StringComparison.Ordinal)]).ToHashSet();

        var actual = (await database.Superuser.QueryAsync(Columns, reader => $"{reader.GetString(0)} | {reader.GetString(1).Replace("public.", "", StringComparison.Ordinal)} | {reader.GetString(2)} | {reader.GetString(3)}"))
            .Where(line => tables.Contains(line[..line.IndexOf('.', StringComparison.Ordinal)]));

        actual.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Indexes_OfTheDictionary_AreThereUnderTheirNames()
    {
        var actual = await database.Owner.QueryAsync(Indexes, reader => $"{reader.GetString(0)} | {reader.GetString(1)} | {reader.GetString(2)}");

        Expectations.Read("indexes.txt").Select(parts => string.Join(" | ", parts)).Except(actual).ShouldBeEmpty();
    }

    [Fact]
    public async Task Checks_OfTheIndicatorTables_AreTheOnesNamed()
    {
        var actual = await database.Owner.QueryAsync(
            """
            select conname from pg_constraint
            where contype = 'c' and conrelid in ('public.remediation_events'::regclass, 'public.notification_outcomes'::regclass, 'public.approval_records'::regclass)
            order by conname
            """,
            reader => reader.GetString(0));

        actual.ShouldBe(["chk_complexity_tier", "notif_channel_valid", "notif_delivery_valid", "remediation_status_valid", "remediation_type_valid"]);
    }

    [Theory]
    [InlineData("incident_status", "investigating,mitigating,escalated,resolved,closed")]
    [InlineData("incident_severity", "P0,P1,P2,P3")]
    [InlineData("approval_status", "pending,approved,rejected,expired,cancelled,superseded,executing,executed,failed")]
    [InlineData("risk_level", "low,medium,high,critical")]
    [InlineData("operator_role", "viewer,operator,approver,admin")]
    [InlineData("run_status", "pending,running,waiting_tool,waiting_approval,completed,failed,cancelled,timed_out")]
    [InlineData("contract_kind", "agent,tool,playbook,policy,channel,decision")]
    [InlineData("contract_status", "draft,published,active,deprecated,retired")]
    [InlineData("alert_event_type", "ALERT_RECEIVED,TELEGRAM_SENT,USER_ACTION,AUTO_REPAIR_TRIGGERED,EXECUTION_STARTED,EXECUTION_COMPLETED,TELEGRAM_RESULT_SENT,RESOLVED,SILENCED,ESCALATED,GUARDRAIL_BLOCKED,PRE_FLIGHT_PASSED,PRE_FLIGHT_FAILED,BACKUP_TRIGGERED,BACKUP_COMPLETED,BACKUP_FAILED,APPROVAL_ESCALATED,CHANGE_APPLIED")]
    public async Task Enum_OfTheDecisions_HasExactlyItsLabels(string type, string labels)
    {
        var actual = await database.Owner.QueryAsync(
            "select enumlabel::text from pg_enum where enumtypid = ('public.' || $1)::regtype order by enumsortorder", reader => reader.GetString(0), type);

        actual.ShouldBe(labels.Split(','));
    }

    [Fact]
    public async Task Comments_OnTablesAndTenants_AreThere()
    {
        var silent = await database.Owner.QueryAsync(
            """
            select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
              and (obj_description(c.oid) is null
                or col_description(c.oid, (select attnum from pg_attribute where attrelid = c.oid and attname = 'project_id')) is null)
            """,
            reader => reader.GetString(0));

        silent.ShouldBeEmpty();
    }
}
