using Npgsql;

namespace AwoooP.Records.Tests.Schema;

public sealed class InsertOnlyTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
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
}
