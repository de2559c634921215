using Npgsql;

namespace AwoooP.Records.Tests.Schema;

public sealed class InsertOnlyTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    /// <summary>When the owner may delete is said in one place: a trigger function that said it again would miss its next change.</summary>
    [Fact]
    public async Task TriggersOfInsertOnlyTables_AskOneFunctionWhetherTheOwnerMayDelete()
    {
        (await TriggersThatNameAsync("owner_may_delete")).ShouldBe(["journal.refuse_change", "retention.refuse_change"]);
        (await TriggersThatNameAsync("is_being_deleted")).ShouldBeEmpty();
        (await TriggersThatNameAsync("current_user")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("alert_operation_log")]
    [InlineData("timeline_events")]
    [InlineData("audit_logs")]
    [InlineData("auto_repair_executions")]
    [InlineData("awooop_audit_event")]
    [InlineData("awooop_audit_head")]
    [InlineData("awooop_contract_signature")]
    [InlineData("budget_ledger")]
    public async Task InsertOnlyTable_ChangedByAnyone_Refuses(string table)
    {
        foreach (var role in (NpgsqlDataSource[])[database.Owner, database.App, database.Superuser])
        {
            await using var connection = await role.EnterAsync("mine");
            (await connection.RefusalOfAsync($"update public.{table} set project_id = project_id")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
            (await connection.RefusalOfAsync($"delete from public.{table}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
            (await connection.RefusalOfAsync($"truncate public.{table}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    private Task<List<string>> TriggersThatNameAsync(string what) => database.Superuser.QueryAsync(
        """
        select format('%s.%s', p.pronamespace::regnamespace, p.proname) from pg_proc p
        where p.prorettype = 'trigger'::regtype and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
          and strpos(p.prosrc, $1) > 0
        order by 1
        """,
        static reader => reader.GetString(0),
        what);
}
