namespace AwoooP.Journal.Delivery.Replay;

/// <summary>
/// Statements that write statements: everything that <c>create table like</c> leaves behind, read from the catalogue.
/// Each takes the table's oid as $1 and the shadow schema as $2, and runs with an empty search path, so that every name is qualified.
/// </summary>
internal static class ShadowSql
{
    private const string Target = "from pg_class t join pg_namespace n on n.oid = t.relnamespace where t.oid = $1";

    /// <summary>Before the rows: what says which rows may be, and who sees them.</summary>
    public static readonly string[] Before =
    [
        $"select format('create table %I.%I (like %I.%I including all excluding indexes)', $2::text, t.relname, n.nspname, t.relname) {Target}",
        $"select format('alter table %I.%I set (%s)', $2::text, t.relname, array_to_string(t.reloptions, ', ')) {Target} and t.reloptions is not null",
        """
        select format('alter table %I.%I add constraint %I %s', $2::text, t.relname, c.conname, pg_get_constraintdef(c.oid))
        from pg_constraint c join pg_class t on t.oid = c.conrelid
        where t.oid = $1 and c.contype in ('p', 'u', 'x') order by c.contype, c.conname
        """,
        """
        select replace(pg_get_indexdef(i.indexrelid), format(' ON %I.%I USING ', n.nspname, t.relname), format(' ON %I.%I USING ', $2::text, t.relname))
        from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
        where t.oid = $1 and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = t.oid) order by i.indexrelid
        """,
        $"select format('alter table %I.%I enable row level security', $2::text, t.relname) {Target} and t.relrowsecurity",
        $"select format('alter table %I.%I force row level security', $2::text, t.relname) {Target} and t.relforcerowsecurity",
        """
        select format('create policy %I on %I.%I as %s for %s to %s', p.policyname, $2::text, t.relname, p.permissive, p.cmd,
                   (select string_agg(case when role = 'public' then 'public' else quote_ident(role) end, ', ') from unnest(p.roles) role))
               || coalesce(' using (' || p.qual || ')', '') || coalesce(' with check (' || p.with_check || ')', '')
        from pg_class t join pg_namespace n on n.oid = t.relnamespace join pg_policies p on p.schemaname = n.nspname and p.tablename = t.relname
        where t.oid = $1 order by p.policyname
        """,
    ];

    /// <summary>Keys to tables of the same rebuild, which $3 lists by oid, point at their shadows.</summary>
    public const string ForeignKeys =
        """
        select format('alter table %I.%I add constraint %I %s', $2::text, t.relname, c.conname,
            case when c.confrelid = any($3::oid[]) then
                replace(pg_get_constraintdef(c.oid), format('REFERENCES %I.%I(', rn.nspname, r.relname), format('REFERENCES %I.%I(', $2::text, r.relname))
            else pg_get_constraintdef(c.oid) end)
        from pg_constraint c
        join pg_class t on t.oid = c.conrelid
        join pg_class r on r.oid = c.confrelid
        join pg_namespace rn on rn.oid = r.relnamespace
        where t.oid = $1 and c.contype = 'f' order by c.conname
        """;

    /// <summary>After the rows: what must not act on them while they are written, and what is only said about them.</summary>
    public static readonly string[] After =
    [
        """
        select replace(pg_get_triggerdef(g.oid), format(' ON %I.%I ', n.nspname, t.relname), format(' ON %I.%I ', $2::text, t.relname))
        from pg_trigger g join pg_class t on t.oid = g.tgrelid join pg_namespace n on n.oid = t.relnamespace
        where t.oid = $1 and not g.tgisinternal order by g.tgname
        """,
        """
        select format('grant %s on %I.%I to %s', a.privilege_type, $2::text, t.relname,
            case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
        from pg_class t cross join lateral aclexplode(t.relacl) a
        where t.oid = $1 and a.grantee <> t.relowner order by a.grantee, a.privilege_type
        """,
        """
        select format('grant %s (%I) on %I.%I to %s', a.privilege_type, c.attname, $2::text, t.relname,
            case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
        from pg_class t join pg_attribute c on c.attrelid = t.oid and c.attacl is not null cross join lateral aclexplode(c.attacl) a
        where t.oid = $1 order by c.attnum, a.grantee, a.privilege_type
        """,
        $"""
        select format('comment on table %I.%I is %L', $2::text, t.relname, obj_description(t.oid, 'pg_class'))
        {Target} and obj_description(t.oid, 'pg_class') is not null
        """,
        """
        select format('comment on index %I.%I is %L', $2::text, x.relname, obj_description(x.oid, 'pg_class'))
        from pg_index i join pg_class x on x.oid = i.indexrelid
        where i.indrelid = $1 and obj_description(x.oid, 'pg_class') is not null order by x.relname
        """,
        """
        select format('comment on constraint %I on %I.%I is %L', c.conname, $2::text, t.relname, obj_description(c.oid, 'pg_constraint'))
        from pg_constraint c join pg_class t on t.oid = c.conrelid
        where t.oid = $1 and c.contype <> 'c' and obj_description(c.oid, 'pg_constraint') is not null order by c.conname
        """,
        $"select format('analyze %I.%I', $2::text, t.relname) {Target}",
    ];

    /// <summary>Views hold on to the table that they were made over; made again after the swap they find the new one. $1 lists the tables by oid.</summary>
    public const string Views =
        """
        select format('create or replace view %I.%I %s as %s', n.nspname, v.relname,
            coalesce('with (' || array_to_string(v.reloptions, ', ') || ')', ''), pg_get_viewdef(v.oid))
        from (select distinct w.ev_class as oid
              from pg_depend d join pg_rewrite w on w.oid = d.objid
              where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = any($1::oid[])) u
        join pg_class v on v.oid = u.oid join pg_namespace n on n.oid = v.relnamespace
        order by v.oid
        """;

    /// <summary>Why a table cannot be swapped: it, or what hangs on it, is of a kind that would be left at the old one. $1 lists the tables by oid.</summary>
    public const string Obstacles =
        """
        select format('%s is not a plain table', t.oid::regclass) from pg_class t where t.oid = any($1::oid[]) and (t.relkind <> 'r' or t.relispartition)
        union all
        select format('%s is inherited from', i.inhparent::regclass) from pg_inherits i where i.inhparent = any($1::oid[])
        union all
        select format('%s takes numbers from a sequence, which a rebuild would not repeat', d.refobjid::regclass)
        from pg_depend d where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = any($1::oid[]) and d.deptype in ('a', 'i')
            and exists (select from pg_class s where s.oid = d.objid and s.relkind = 'S')
        union all
        select format('%s refers to %s by a foreign key', c.conrelid::regclass, c.confrelid::regclass)
        from pg_constraint c where c.contype = 'f' and c.confrelid = any($1::oid[]) and c.conrelid <> all($1::oid[])
        union all
        select format('the materialized view %s reads it', v.oid::regclass)
        from pg_depend d join pg_rewrite w on w.oid = d.objid join pg_class v on v.oid = w.ev_class
        where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = any($1::oid[]) and v.relkind = 'm'
        union all
        select format('the function %s is bound to it', d.objid::regprocedure)
        from pg_depend d where d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = any($1::oid[])
        """;
}
