using System.Runtime.CompilerServices;

namespace AwoooP.Records.Tests.Retention;

/// <summary>Of every table with tenants it is decided how long its rows are kept: it has a term, goes with one that has, or stands on the written list.</summary>
public sealed class TermCatalogueTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    private const string Begin = "| table | why |";

    /// <summary>Tables of the journal go with the cut of the log, and not by terms.</summary>
    private const string Tenanted =
        """
        select case when n.nspname = 'public' then c.relname else n.nspname || '.' || c.relname end
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'project_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'retention')
        """;

    [Fact]
    public async Task EveryTable_WithTenants_HasATermOrAParentOrIsKeptForEver()
    {
        var tables = await database.Superuser.QueryAsync(Tenanted, static reader => reader.GetString(0));
        var withTerm = await database.Superuser.QueryAsync("select substr(table_name, 8) from retention.term", static reader => reader.GetString(0));
        var children = await database.Superuser.QueryAsync("select unnest(children) from retention.term", static reader => reader.GetString(0));
        var forEver = ForEver();

        tables.Count.ShouldBeGreaterThan(25);
        tables.ShouldBe([.. withTerm, .. children, .. forEver], ignoreOrder: true);
    }

    /// <summary>A child's row without the key would go with nobody.</summary>
    [Fact]
    public async Task EveryChild_OfATableWithATerm_NamesItsParentInEveryRow()
    {
        var loose = await database.Superuser.QueryAsync(
            """
            select t.table_name || ' ' || child from retention.term t, unnest(t.children) child
            where not exists (
                select from pg_attribute a
                where a.attrelid = to_regclass('public.' || quote_ident(child)) and a.attname = t.key_column and a.attnotnull)
            """,
            static reader => reader.GetString(0));

        loose.ShouldBeEmpty();
    }

    /// <summary>The names in the first column of the decision's list.</summary>
    private static List<string> ForEver([CallerFilePath] string here = "")
    {
        var decision = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "decisions", "0507-retention.md");
        return
        [
            .. File.ReadLines(decision)
                .SkipWhile(static line => line.Trim() != Begin)
                .Skip(2)
                .TakeWhile(static line => line.TrimStart().StartsWith('|'))
                .SelectMany(static line => line.Split('|')[1].Split(',', StringSplitOptions.TrimEntries))
                .Select(static name => name.Trim('`')),
        ];
    }
}
