using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Schema;

/// <summary>Tenancy by the catalogue: a table that is added later is held to it without being named here.</summary>
public sealed class RowLevelSecurityTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints);
        foreach (var project in (string[])["alpha", "beta"])
        {
            var commit = Some.Commit(Some.Id("same", project), 0) with
            {
                CommandId = Guid.CreateVersion7(Some.At),
                Wakes = [new WakeChange("wake", Some.At)],
                Claims = [new ClaimChange("kind", "key")],
            };
            (await host.Journal.CommitAsync(commit, default)).Status.ShouldBeOneOf(CommitStatus.Committed, CommitStatus.VersionConflict);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task EveryTable_NotOnTheList_ForcesRowLevelSecurity() =>
        (await ListAsync(
            """
            select format('%s.%s', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
              and not (c.relrowsecurity and c.relforcerowsecurity)
              and format('%s.%s', n.nspname, c.relname) not in (select table_name from journal.untenanted)
            """)).ShouldBeEmpty();

    [Fact]
    public async Task TheList_NamesOnlyTablesWithoutTenant() =>
        (await ListAsync(
            """
            select u.table_name from journal.untenanted u left join pg_attribute a
                on a.attrelid = to_regclass(u.table_name) and a.attname = 'project_id' and not a.attisdropped
            where to_regclass(u.table_name) is null or a.attname is not null
            """)).ShouldBeEmpty();

    [Fact]
    public async Task EveryUniqueKey_OfTenantTable_StartsWithTheTenant() =>
        (await ListAsync(
            """
            select i.indexrelid::regclass::text from pg_index i
            join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'journal' and i.indisunique and not c.relispartition
              and format('%s.%s', n.nspname, c.relname) not in (select table_name from journal.untenanted)
              and (select attname from pg_attribute where attrelid = c.oid and attnum = i.indkey[0]) <> 'project_id'
            """)).ShouldBeEmpty();

    [Fact]
    public async Task EveryTenantTable_AsAppOfAnotherTenant_ShowsAndTakesNothing()
    {
        var tables = await TenantTablesAsync("awooop_app");
        tables.ShouldNotBeEmpty();
        foreach (var table in tables)
        {
            (await CountAsync(postgres.App, table, "gamma")).ShouldBe(0, table);
            (await CountAsync(postgres.App, table, projects: null)).ShouldBe(0, table);
        }
    }

    [Fact]
    public async Task FilledTable_AsApp_ShowsExactlyTheNamedTenants()
    {
        foreach (var table in (string[])["journal.grain", "journal.event", "journal.wake", "journal.claim", "journal.command"])
        {
            (await CountAsync(postgres.App, table, "alpha")).ShouldBe(1, table);
            (await CountAsync(postgres.App, table, "alpha,beta")).ShouldBe(2, table);
            (await CountAsync(postgres.Reader, table, "beta")).ShouldBe(1, table);
        }
    }

    [Theory]
    [InlineData("insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, data) values (0, 1, 1, 1, 1, now(), 'alpha', 't', 'alpha/x', 'e', 'a', '{}')")]
    [InlineData("update journal.grain set version = 9")]
    [InlineData("delete from journal.claim")]
    [InlineData("select journal.ensure_event_partitions(1)")]
    [InlineData("select journal.end_sessions('x')")]
    public async Task App_WritingTheJournal_IsDenied(string sql) =>
        (await FaultAsync(postgres.App, sql)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Theory]
    [InlineData("update journal.event set actor = 'x'")]
    [InlineData("delete from journal.event")]
    [InlineData("truncate journal.event")]
    [InlineData("truncate journal.event_default")]
    public async Task EventLog_Changed_IsRefusedToEveryRole(string sql)
    {
        foreach (var role in (NpgsqlDataSource[])[postgres.Engine, postgres.App, postgres.Owner, postgres.Superuser])
            (await FaultAsync(role, sql)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Partitions_AskedDirectly_AreClosed() =>
        (await FaultAsync(postgres.Engine, "select * from journal.event_default")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Fact]
    public async Task Grain_KeyOfAnotherTenant_IsRefusedByTheTable() =>
        (await FaultAsync(postgres.Engine,
            "insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state) values ('alpha', 't', 'beta/x', 0, 1, 1, '{}')"))
        .ShouldBe(PostgresErrorCodes.CheckViolation);

    [Fact]
    public async Task Roles_OfThePlatform_NeitherBypassNorOwn() =>
        (await ListAsync(
            """
            select rolname from pg_roles where rolname like 'awooop\_%' and rolname <> 'awooop_super' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
            union all
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'journal' and c.relowner <> 'awooop_owner'::regrole
            """)).ShouldBeEmpty();

    private Task<List<string>> TenantTablesAsync(string role) => ListAsync(
        $"""
        select format('%s.%s', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and c.relrowsecurity and has_table_privilege('{role}', c.oid, 'select')
        """);

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = postgres.Superuser.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<string>();
        while (await reader.ReadAsync())
            list.Add(reader.GetString(0));
        return list;
    }

    private static async Task<long> CountAsync(NpgsqlDataSource role, string table, string? projects)
    {
        await using var connection = await role.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (projects is not null)
        {
            await using var set = new NpgsqlCommand("select set_config('awooop.project_ids', $1, true)", connection) { Parameters = { new() { Value = projects } } };
            await set.ExecuteNonQueryAsync();
        }

        await using var count = new NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task<string?> FaultAsync(NpgsqlDataSource role, string sql)
    {
        await using var command = role.CreateCommand(sql);
        return (await Should.ThrowAsync<PostgresException>(async () => await command.ExecuteNonQueryAsync())).SqlState;
    }
}
