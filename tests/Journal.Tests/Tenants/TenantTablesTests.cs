using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Tenants;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Tenants;

/// <summary>The tables that a removal empties are all that there are but those on the named list: one that is added later is among them.</summary>
public sealed class TenantTablesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string AllOthers =
        """
        select format('%s.%s', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
          and format('%s.%s', n.nspname, c.relname) not in (select table_name from journal.untenanted)
        """;

    [Fact]
    public async Task Tables_ByTheCatalogue_AreAllButTheUntenanted()
    {
        await using var owner = await postgres.Owner.OpenConnectionAsync();
        var expected = new List<string>();
        await using (var command = postgres.Superuser.CreateCommand(AllOthers))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
                expected.Add(rows.GetString(0));
        }

        var tables = await ReadTenantTables.ExecuteAsync(owner, CancellationToken.None);

        tables.Select(static table => table.Name).ShouldBe(expected, ignoreOrder: true);
        tables[0].Name.ShouldBe("journal.dead_letter", "nothing may be delivered from a queue while the rest goes");
        tables[^1].Name.ShouldBe("journal.event", "all else can be made again from it");
        tables.Single(static table => table.Name == "journal.event").KeyColumns[0].ShouldBe("project_id");
    }

    [Fact]
    public async Task Tables_WithOneThatHasNoTenant_AreRefused()
    {
        await using var owner = await postgres.Owner.OpenConnectionAsync();
        await using (var transaction = await owner.BeginTransactionAsync())
        {
            await using var create = new NpgsqlCommand("create table journal.odd (id integer primary key); alter table journal.odd enable row level security", owner);
            await create.ExecuteNonQueryAsync();

            (await Should.ThrowAsync<TenantException>(() => ReadTenantTables.ExecuteAsync(owner, CancellationToken.None))).Message.ShouldContain("journal.odd");
        }
    }

    [Theory]
    [InlineData("replay_records_incidents.incidents", true)]
    [InlineData("records_cut_next.incidents", true)]
    [InlineData("records_cut.incidents", false)]
    [InlineData("public.incidents", false)]
    [InlineData("public.replay_of_nothing", false)]
    public void Table_OfACopyThatIsBeingMade_IsAShadow(string name, bool isShadow) => new TenantTable(name, name, []).IsShadow.ShouldBe(isShadow);

    /// <summary>The names that rebuilds and cuts give are those that exports pass over.</summary>
    [Fact]
    public void SchemasOfCopies_AreShadows()
    {
        ShadowSchema.OfReplay("records.incidents").ShouldBe("replay_records_incidents");
        ShadowSchema.Holds($"{ShadowSchema.OfReplay("x")}.y").ShouldBeTrue();
        ShadowSchema.Holds($"{ShadowSchema.NextCut}.y").ShouldBeTrue();
    }
}
