using Npgsql;

namespace AwoooP.Journal.Tenants;

/// <summary>
/// Every table with rows of tenants, by the catalogue: those with row-level security, of which tests see to it that no table is without. So one that
/// is added later is exported and emptied without being named anywhere.
/// </summary>
internal static class ReadTenantTables
{
    /// <summary>What queues for delivery comes first, so that nothing is delivered from a queue while the rest goes; the log, from which all else can be made, last.</summary>
    private const string Sql =
        """
        select format('%s.%s', n.nspname, c.relname), format('%I.%I', n.nspname, c.relname),
               array(select quote_ident(a.attname)::text
                     from pg_index i cross join lateral unnest(i.indkey) with ordinality k (number, place)
                     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
                     where i.indrelid = c.oid and i.indisprimary order by k.place),
               exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'project_id' and not a.attisdropped)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and c.relrowsecurity and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
        order by case format('%s.%s', n.nspname, c.relname)
                     when 'journal.dead_letter' then 0 when 'journal.wake' then 1 when 'journal.intake' then 2 when 'journal.intake_rejected' then 3
                     when 'journal.grain' then 5 when 'journal.event' then 6 else 4 end,
                 n.nspname, c.relname
        """;

    /// <exception cref="TenantException">A table has row-level security and no tenant.</exception>
    public static async Task<IReadOnlyList<TenantTable>> ExecuteAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, owner);
        var tables = new List<TenantTable>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var name = rows.GetString(0);
            if (!rows.GetBoolean(3))
                throw new TenantException(TenantFault.Failed, $"{name} has row-level security and no project_id: nobody can say which of its rows are whose.");

            tables.Add(new TenantTable(name, rows.GetString(1), rows.GetFieldValue<string[]>(2)));
        }

        return tables;
    }
}
