using Npgsql;

namespace AwoooP.Records.Tests.Schema;

/// <summary>What every tenant table must hold, for every table that the catalogue knows.</summary>
public sealed class CatalogueTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    private const string Tables = "select oid::regclass::text from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1";

    [Fact]
    public async Task EveryTable_InPublic_IsFilledByOneProjection()
    {
        var filled = RecordProjections.All.SelectMany(projection => projection.Tables).Select(table => table["public.".Length..]).ToList();

        filled.ShouldBeUnique();
        // What is signed about the chains is no part of them: it must not change when they are built again.
        (await database.Owner.QueryAsync(Tables, reader => reader.GetString(0))).ShouldBe([.. filled, "awooop_audit_head"], ignoreOrder: true);
    }

    [Fact]
    public async Task EveryTable_InPublic_ForcesRowLevelSecurityWithOnePolicy()
    {
        var open = await database.Owner.QueryAsync(
            """
            select c.oid::regclass::text from pg_class c
            where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
              and not (c.relrowsecurity and c.relforcerowsecurity and (select count(*) = 1 from pg_policy p
                  where p.polrelid = c.oid and p.polcmd = '*' and p.polqual is not null and p.polwithcheck is not null))
            """,
            reader => reader.GetString(0));

        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryKey_InPublic_StartsWithTheTenant()
    {
        var loose = await database.Owner.QueryAsync(
            """
            select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
            where c.relnamespace = 'public'::regnamespace and i.indisunique
              and 'project_id' is distinct from (select attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0])
            union all
            select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
              and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')
            """,
            reader => reader.GetString(0));

        loose.ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryTable_AsAnotherTenant_ShowsNothingAndTakesNothing()
    {
        await Projector.ApplyAsync(database.App, Story.Tell("mine").Events);
        await TestSigner.SignAsync(database, "mine");
        var tables = await database.Owner.QueryAsync(Tables, reader => reader.GetString(0));
        tables.Count.ShouldBeGreaterThanOrEqualTo(13);

        foreach (var table in tables)
        {
            var row = (await database.Superuser.QueryAsync($"select to_jsonb(t)::text from {table} t where project_id = 'mine' limit 1", reader => reader.GetString(0))).ShouldHaveSingleItem(table);
            foreach (var tenants in (string?[])["theirs", null, "", "theirs,others"])
                await ShowsAndTakesNothing(table, row, tenants);
        }
    }

    [Fact]
    public async Task EveryTable_AsReader_CannotBeWritten()
    {
        foreach (var table in await database.Owner.QueryAsync(Tables, reader => reader.GetString(0)))
        {
            await using var connection = await database.Reader.EnterAsync("mine");
            (await connection.RefusalOfAsync($"insert into {table} default values")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, table);
            (await connection.RefusalOfAsync($"update {table} set project_id = project_id")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, table);
            (await connection.RefusalOfAsync($"delete from {table}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, table);
        }
    }

    [Fact]
    public async Task EveryTable_AsEngine_IsOutOfReach()
    {
        foreach (var table in await database.Owner.QueryAsync(Tables, reader => reader.GetString(0)))
        {
            await using var connection = await database.Engine.EnterAsync("mine");
            (await connection.RefusalOfAsync($"select from {table}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, table);
        }
    }

    private async Task ShowsAndTakesNothing(string table, string row, string? tenants)
    {
        await using var connection = await database.App.EnterAsync(tenants);

        (await connection.QueryAsync($"select count(*) from {table}", reader => reader.GetInt64(0))).ShouldBe([0L], table);
        (await connection.RefusalOfAsync($"insert into {table} select * from jsonb_populate_record(null::{table}, $1::text::jsonb)", row))
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege, table);
        (await connection.RefusalOfAsync($"update {table} set project_id = project_id")).ShouldBeOneOf((string?[])[null, PostgresErrorCodes.InsufficientPrivilege], table);
        (await connection.RefusalOfAsync($"delete from {table}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, table);
    }
}
